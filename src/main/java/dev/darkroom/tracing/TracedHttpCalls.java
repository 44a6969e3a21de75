package dev.darkroom.tracing;

import dev.darkroom.httpclient.CallListener;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.tracing.Subsegment.Detail;
import dev.darkroom.tracing.Subsegment.Result;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The calls of providers, receivers and images, under the names of their hosts, and those of AWS that need no client of
 * the SDK.
 */
public final class TracedHttpCalls implements CallListener {

    /** Region and service in a signature: {@code Credential=<key>/20260101/us-east-1/s3/aws4_request}. */
    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]*/[0-9]{8}/([^/]+)/([^/]+)/aws4_request");

    private static final Map<String, String> SERVICES =
            Map.of("s3", "S3", "kms", "KMS", "secretsmanager", "Secrets Manager", "ssm", "SSM");

    private final XRay xRay;

    public TracedHttpCalls(XRay xRay) {
        this.xRay = xRay;
    }

    @Override
    public void ended(Ended call) {
        xRay.send(subsegment(call));
    }

    private static Subsegment subsegment(Ended call) {
        var address = call.request().address();
        var details = new EnumMap<Detail, String>(Detail.class);
        details.put(Detail.METHOD, call.request().method().name());
        details.put(Detail.SERVER, server(address));
        var scope = header(call, "authorization").map(SCOPE::matcher).filter(matcher -> matcher.find());
        scope.ifPresent(found -> details.put(Detail.REGION, found.group(1)));
        return new Subsegment(
                scope.map(found -> SERVICES.getOrDefault(found.group(2), found.group(2)))
                        .orElse(host(address)),
                scope.isPresent(),
                scope.isPresent() ? awsOperation(call) : call.operation(),
                details,
                call.begun(),
                call.ended(),
                result(call.outcome()));
    }

    /** S3's operations have no name in a request but the method. */
    private static String awsOperation(Ended call) {
        return header(call, "x-amz-target")
                .map(target -> target.substring(target.lastIndexOf('.') + 1))
                .orElse(call.request().method().name());
    }

    private static Optional<String> header(Ended call, String name) {
        return call.request().headers().entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String host(URI address) {
        return Optional.ofNullable(address.getHost()).orElse("unknown");
    }

    /** The address without everything that may hold a secret. */
    private static String server(URI address) {
        return "%s://%s%s/"
                .formatted(address.getScheme(), host(address), address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    private static Result result(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Answered answer -> Result.answered(answer.status());
            case HttpOutcome.TooLarge answer -> Result.answered(answer.status());
            case HttpOutcome.NotSent(var _, String reason) -> Result.failed("NotSent", reason);
            case HttpOutcome.Unanswered(String reason) -> Result.failed("Unanswered", reason);
            case HttpOutcome.Broken(String reason) -> Result.failed("Broken", reason);
        };
    }
}
