package dev.darkroom.s3;

import dev.darkroom.core.archive.ArchiveUnavailableException;
import dev.darkroom.httpclient.ByteCalls;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.sigv4.AwsSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/** The calls of S3's API, each with one time limit. */
final class S3Calls {

    private static final Duration KEPT_ALIVE = Duration.ofSeconds(20);

    /** S3 sends these when it is overloaded, or when another write of the same key is in progress (409). */
    private static final Set<Integer> TEMPORARY = Set.of(409, 429, 500, 502, 503, 504);

    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,64})</Code>");

    private final ByteCalls kept = ByteCalls.withKeptConnections(KEPT_ALIVE);
    private final ByteCalls onNewConnection = ByteCalls.withNewConnections();
    private final AwsSigner signer;
    private final Duration timeout;

    S3Calls(AwsSigner signer, Duration timeout) {
        this.signer = signer;
        this.timeout = timeout;
    }

    /**
     * Sends a request that recognises its own repetition. It is repeated once on a new connection: the kept connection
     * may have died while the function was frozen. With less than half of its time left it is not repeated.
     *
     * @param largestBody in bytes, of the answer
     * @throws ArchiveUnavailableException without an answer, or with one that says that a retry may help
     */
    Answered send(ByteRequest request, int largestBody) {
        long start = System.nanoTime();
        var outcome = kept.send(signer.signed(request), largestBody, timeout);
        var left = timeout.minusNanos(System.nanoTime() - start);
        if (isTemporary(outcome) && left.compareTo(timeout.dividedBy(2)) >= 0) {
            outcome = onNewConnection.send(signer.signed(request), largestBody, left);
        }
        return switch (outcome) {
            case Answered answer when !isTemporary(answer) -> answer;
            case Answered answer -> throw unexpected(answer);
            case HttpOutcome.NotSent(var _, String reason) -> throw unavailable(reason);
            case HttpOutcome.Unanswered(String reason) -> throw unavailable(reason);
            case HttpOutcome.Broken(String reason) -> throw unavailable(reason);
            case HttpOutcome.TooLarge(int _, byte[] _, String reason) -> throw unavailable(reason);
        };
    }

    private static boolean isTemporary(HttpOutcome outcome) {
        return !(outcome instanceof Answered answer) || TEMPORARY.contains(answer.status());
    }

    /** For an answer that is none of those that the call expects, such as a missing permission. */
    static ArchiveUnavailableException unexpected(Answered answer) {
        var code = CODE.matcher(new String(answer.body(), StandardCharsets.UTF_8));
        return unavailable("the answer is %d%s".formatted(answer.status(), code.find() ? " " + code.group(1) : ""));
    }

    private static ArchiveUnavailableException unavailable(String reason) {
        return new ArchiveUnavailableException("the bucket cannot be used: " + reason, new IOException(reason));
    }
}
