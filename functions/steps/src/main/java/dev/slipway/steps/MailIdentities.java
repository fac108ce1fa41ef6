package dev.slipway.steps;

import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;

/** The domains that the account's Amazon SES knows in the target's region. */
record MailIdentities(SesV2Client ses) {
    private static final String TYPE = "AWS::SES::EmailIdentity";

    /** What the target need not make; what its own stack has made stays in it, or the next update would remove it. */
    boolean hasBeside(TargetStack stack, String domain) {
        return isKnown(domain) && !stack.has(TYPE);
    }

    private boolean isKnown(String domain) {
        try {
            ses.getEmailIdentity(request -> request.emailIdentity(domain));
            return true;
        } catch (NotFoundException nobodyMadeIt) {
            return false;
        }
    }
}
