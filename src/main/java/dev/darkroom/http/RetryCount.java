package dev.darkroom.http;

import java.util.regex.Pattern;

/**
 * How often a client says that it has sent the same request before, in {@code X-Stainless-Retry-Count}.
 *
 * @see <a href="https://github.com/openai/openai-node/blob/master/src/client.ts">a client that sends it</a>
 */
public final class RetryCount {

    private static final String HEADER = "x-stainless-retry-count";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    private RetryCount() {}

    /** 0 when the client does not say, or says what is no number. */
    public static int of(ApiGatewayRequest request) {
        return request.header(HEADER)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(0);
    }
}
