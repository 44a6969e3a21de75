package dev.darkroom.local.functions;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process that speaks Lambda's Runtime API, and does what each event says. */
final class FakeRuntime {

    private FakeRuntime() {}

    /** The artifact whose processes run this class. */
    static Artifact artifact() {
        try {
            var classes = Path.of(FakeRuntime.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            var java = Path.of(System.getProperty("java.home"), "bin", "java");
            return new Artifact(
                    Path.of("").toAbsolutePath(),
                    List.of(
                            java.toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            classes.toString(),
                            FakeRuntime.class.getName()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers {@code slow 600} after 600 ms, exits after {@code exit 3}, never answers {@code hang}, echoes others. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println("begins");
        var api = "http://%s/2018-06-01/runtime/invocation/".formatted(System.getenv("AWS_LAMBDA_RUNTIME_API"));
        while (true) {
            var next = open(api + "next");
            var event = new String(next.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var words = event.split(" ", 2);
            switch (words[0]) {
                case "exit" -> System.exit(Integer.parseInt(words[1]));
                case "hang" -> Thread.sleep(Long.MAX_VALUE);
                case "slow" -> Thread.sleep(Long.parseLong(words[1]));
                default -> {
                    // Answered at once.
                }
            }
            answer(api + next.getHeaderField("Lambda-Runtime-Aws-Request-Id") + "/response", event);
        }
    }

    private static HttpURLConnection open(String address) throws IOException {
        return (HttpURLConnection) URI.create(address).toURL().openConnection();
    }

    private static void answer(String address, String body) throws IOException {
        var post = open(address);
        post.setDoOutput(true);
        try (var out = post.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        post.getInputStream().readAllBytes();
    }
}
