package dev.darkroom.httpclient;

import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.httpclient.HttpOutcome.TooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An answer before its body is read.
 *
 * @param headers by name in lower case
 */
public record AnswerHead(int status, Map<String, List<String>> headers) {

    public AnswerHead {
        headers = Map.copyOf(headers);
    }

    /** Reads the body. */
    public HttpOutcome withBody(InputStream in, int largestBody) throws IOException {
        var body = LimitedBody.read(in, largestBody);
        return body.length > largestBody
                ? tooLarge(Arrays.copyOf(body, largestBody), largestBody)
                : new Answered(status, headers, body);
    }

    /** The outcome of an answer whose body is larger than the limit. */
    TooLarge tooLarge(byte[] beginning, int largestBody) {
        return new TooLarge(status, beginning, "the answer is larger than %d KB".formatted(largestBody / 1024));
    }
}
