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

    /** Reads the body up to a length, and drops it: the answer counts, whatever becomes of its body. */
    Answered withoutBody(InputStream in, int largestBody) {
        try {
            in.readNBytes(largestBody);
        } catch (IOException _) {
            // The status is there.
        }
        return new Answered(status, headers, new byte[0]);
    }

    /** The outcome of an answer whose body is larger than the limit. */
    TooLarge tooLarge(byte[] beginning, int largestBody) {
        return new TooLarge(status, beginning, "the answer is larger than %d KB".formatted(largestBody / 1024));
    }
}
