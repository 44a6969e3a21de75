package dev.darkroom.http;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * How often a client says that it has sent the same request before, in {@code X-Stainless-Retry-Count}.
 *
 * @see <a href="https://github.com/openai/openai-node/blob/master/src/client.ts">a client that sends it</a>
 */
public final class RetryCount {

    private static final String HEADER = "x-stainless-retry-count";
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** More times than any client repeats a request. */
    private static final int MAX = 9_999;

    private RetryCount() {}

    /**
     * 0 when the client does not say, or says what is no number. Of several numbers the highest counts, because a request
     * that any of them marks as a retry may be paid for already.
     */
    public static int of(ApiGatewayRequest request) {
        return request.headerValues(HEADER).stream()
                .map(String::strip)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(BigInteger::new)
                .mapToInt(number -> number.min(BigInteger.valueOf(MAX)).intValue())
                .max()
                .orElse(0);
    }
}
