import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * A peer for the benchmark: a program without a framework that only speaks the Runtime API. It answers each event with
 * the event. As a native executable it is about the least that a GraalVM function can be.
 */
public final class PlainFunction {

    private PlainFunction() {}

    public static void main(String[] arguments) throws IOException {
        var invocations = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/";
        while (true) {
            var next = connection(invocations + "next");
            var event = next.getInputStream().readAllBytes();
            var requestId = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
            var response = connection(invocations + requestId + "/response");
            response.setRequestMethod("POST");
            response.setDoOutput(true);
            // Not streamed: before the JDK streams a POST, it waits 1 ms to check that the kept connection is alive.
            try (var out = response.getOutputStream()) {
                out.write(event);
            }
            response.getInputStream().readAllBytes();
        }
    }

    private static HttpURLConnection connection(String address) throws IOException {
        return (HttpURLConnection) URI.create(address).toURL().openConnection();
    }
}
