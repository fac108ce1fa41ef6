package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.Sending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the app hands to others, as the names of its variables tell.
 *
 * @param mail a variable that says where mail is sent; empty: it sends none
 * @param sms a variable of a sender of text messages
 * @param tracing a variable that says where traces are sent
 * @param provider whether the mail goes to a provider by its own interface
 */
record Outside(Optional<String> mail, Optional<String> sms, Optional<String> tracing, boolean provider) {
    private static final Pattern PROVIDER =
            Pattern.compile("(?:.*_)?(?:SENDGRID|MAILGUN|POSTMARK|MAILJET|MAILCHIMP|BREVO|RESEND)_.*");
    private static final Pattern MAIL = Pattern.compile(
            "(?:.*_)?(?:SMTP|MAIL|EMAIL|MAILER)_(?:HOST|SERVER|URL|PORT|USER|USERNAME|FROM|DSN|BACKEND|DRIVER).*|AWS_SES_.*"
                    + "|(?:SMTP|MAIL|EMAIL|MAILER)_.*");
    private static final Pattern SMS =
            Pattern.compile("(?:.*_)?(?:TWILIO|VONAGE|NEXMO|PLIVO|MESSAGEBIRD|MSG91|SMS)_.*|AWS_SNS_.*");
    private static final Pattern TRACING = Pattern.compile(
            "OTEL_EXPORTER_(?:OTLP|JAEGER|ZIPKIN)_.*|OTEL_ENABLED|JAEGER_.*|ZIPKIN_.*|AWS_XRAY_.*|OTLP_.*");

    static Outside of(App app) {
        List<String> names = Stream.of(ServiceKind.APP, ServiceKind.JOB)
                .flatMap(kind -> app.services(kind).stream())
                .flatMap(service -> service.environment().keySet().stream())
                .distinct()
                .toList();
        Optional<String> provider = first(names, PROVIDER);
        return new Outside(
                provider.or(() -> first(names, MAIL)), first(names, SMS), first(names, TRACING), provider.isPresent());
    }

    /** What a service sends by AWS itself, with its own rights; a provider's key is a secret like others. */
    static List<Sending> sentBy(AppService service) {
        Set<String> names = service.environment().keySet();
        List<Sending> sent = new ArrayList<>();
        if (names.stream().anyMatch(Outside::isOfMail)) {
            sent.add(Sending.MAIL);
        }
        if (names.stream().anyMatch(name -> name.startsWith("AWS_SNS_"))) {
            sent.add(Sending.SMS);
        }
        return sent;
    }

    static boolean isOfMail(String name) {
        return MAIL.matcher(name).matches() && !PROVIDER.matcher(name).matches();
    }

    String mailNote() {
        return provider
                ? "or keep the provider: its key is a secret like others"
                : "by its SMTP interface on port 587, or by the task's role, which may send as the domain of traffic.zone";
    }

    private static Optional<String> first(List<String> names, Pattern pattern) {
        return names.stream().filter(name -> pattern.matcher(name).matches()).findFirst();
    }
}
