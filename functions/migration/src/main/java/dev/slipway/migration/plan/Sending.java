package dev.slipway.migration.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a service hands to people outside, by a service of AWS. */
public enum Sending {
    /** Mail, by Amazon SES. */
    @JsonProperty("mail")
    MAIL,
    /** Text messages to telephones, by Amazon SNS. */
    @JsonProperty("sms")
    SMS
}
