package dev.darkroom.fetch;

import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.httpclient.ByteCalls;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.httpclient.HttpOutcome.NotSent.Cause;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Fetches images over https, from hosts whose addresses are all public. The connection is opened to the addresses that
 * were checked. A redirect is followed under the same rules.
 */
public final class HttpImageSource implements ImageSource {

    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String IDENTITY = "identity";

    /** A server that compresses would change the bytes; one that chooses a format by {@code Accept} would, too. */
    private static final Map<String, String> HEADERS = Map.of("Accept", "*/*", "Accept-Encoding", IDENTITY);

    private final GuardedCalls calls;
    private final int largest;
    private final InstantSource clock;

    public HttpImageSource(FetchConfig config, InstantSource clock) {
        this(config, ImageBytes.MAX_BYTES, clock);
    }

    /** {@code largest} is how many bytes an image may have in this function; a larger function fetches a larger one. */
    public HttpImageSource(FetchConfig config, int largest, InstantSource clock) {
        this(new GuardedCalls(config), largest, clock);
    }

    /**
     * @param encrypted the addresses that may be connected to with TLS
     * @param plain the addresses that may be connected to without TLS, if {@code plainAllowed}
     */
    HttpImageSource(
            Predicate<InetAddress> encrypted, Predicate<InetAddress> plain, boolean plainAllowed, InstantSource clock) {
        this(new GuardedCalls(encrypted, plain, plainAllowed), ImageBytes.MAX_BYTES, clock);
    }

    private HttpImageSource(GuardedCalls calls, int largest, InstantSource clock) {
        this.calls = calls;
        this.largest = largest;
        this.clock = clock;
    }

    @Override
    public Fetched fetch(URI address, Instant deadline) {
        var next = address;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            var problem = problem(next);
            if (problem.isPresent()) {
                return new Fetched.NotAllowed(problem.get());
            }
            var left = Duration.between(clock.instant(), deadline);
            if (!left.isPositive()) {
                return new Fetched.Failed("no time was left");
            }
            var outcome = send(next, left);
            if (!(outcome instanceof Answered answer && REDIRECTS.contains(answer.status()))) {
                return fetched(outcome);
            }
            var target = answer.header("location").flatMap(Location::parsed);
            if (target.isEmpty()) {
                return new Fetched.Failed("the server redirects without a valid address");
            }
            next = next.resolve(target.get());
        }
        return new Fetched.Refused("the server redirects more than %d times".formatted(MAX_REDIRECTS));
    }

    @Override
    public Optional<String> problem(URI address) {
        return calls.problem(address);
    }

    private HttpOutcome send(URI address, Duration timeout) {
        return calls.send(ByteRequest.get(address, HEADERS), largest, timeout);
    }

    private Fetched fetched(HttpOutcome outcome) {
        return switch (outcome) {
            case Answered answer -> content(answer);
            case HttpOutcome.TooLarge(int status, byte[] _, String reason) ->
                status == 200 ? tooLarge(reason) : new Fetched.Failed(answered(status));
            case HttpOutcome.NotSent(var cause, String reason) ->
                cause == Cause.ADDRESS_NOT_ALLOWED
                        ? new Fetched.NotAllowed(GuardedCalls.NOT_PUBLIC)
                        : new Fetched.Failed(reason);
            case HttpOutcome.Unanswered(String reason) -> new Fetched.Failed(reason);
            case HttpOutcome.Broken(String reason) -> new Fetched.Failed(reason);
        };
    }

    private Fetched tooLarge(String reason) {
        return largest < ImageBytes.MAX_BYTES ? new Fetched.Outgrown() : new Fetched.Refused(reason);
    }

    private static Fetched content(Answered answer) {
        if (answer.status() != 200) {
            return new Fetched.Failed(answered(answer.status()));
        }
        if (!answer.header("content-encoding").orElse(IDENTITY).equalsIgnoreCase(IDENTITY)) {
            return new Fetched.Failed("the answer is compressed");
        }
        if (!ByteCalls.saysItsEnd(answer)) {
            return new Fetched.Failed("the answer does not say how long it is, so it may be cut off");
        }
        return answer.body().length == 0
                ? new Fetched.Failed("the answer is empty")
                : new Fetched.Content(new ImageBytes(answer.body()));
    }

    private static String answered(int status) {
        return "the server answered %d".formatted(status);
    }
}
