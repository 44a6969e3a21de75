package dev.darkroom.provider.easel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProvider.ProviderTask;
import dev.darkroom.core.provider.ImageProvider.Submission;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import dev.darkroom.provider.ImageProviderContract;
import dev.darkroom.provider.ProviderFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EaselContractTest extends ImageProviderContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Override
    protected ImageProvider provider(URI address, Duration timeout) {
        return new EaselImageProvider(address, SECRET, timeout);
    }

    @Override
    protected ProviderFactory factory() {
        return new EaselFactory();
    }

    @Override
    protected String accepted(String prediction) {
        return "state=waiting&job=" + prediction;
    }

    @Override
    protected String inUnknownState(String prediction) {
        return "state=varnishing&job=" + prediction;
    }

    @Override
    protected String completed(String prediction, List<String> images) {
        return images.stream()
                .map(image -> "&image=" + URLEncoder.encode(image, StandardCharsets.UTF_8))
                .collect(Collectors.joining("", "state=done", ""));
    }

    @Override
    protected String failed(String prediction) {
        return "state=spoilt";
    }

    @Override
    protected String notFound() {
        return "error=no-such-job";
    }

    @Override
    protected String error() {
        return "error=prompt+is+too+long";
    }

    @Test
    void theOrderIsAFormAndTheJobIsAskedForUnderItsTemplate() {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 200 OK\r\n\r\nstate=waiting&job=j-1"))) {
            var provider = provider(server.address(), TIMEOUT);
            var row = new GenerationId("0123456789abcdef0123456789abcdef");

            provider.submit(new Submission(
                    row, "pencil/sketch", "{\"prompt\":\"a cat & a dög\",\"copies\":2}", Optional.empty(), TIMEOUT));
            provider.poll(new ProviderTask("pencil/sketch", new PredictionId("j/1")));

            assertThat(server.requests().getFirst())
                    .startsWith("POST /templates/pencil/sketch/jobs HTTP/1.1\r\n")
                    .contains("X-Easel-Token: " + SECRET, "Content-Type: application/x-www-form-urlencoded")
                    .endsWith("prompt=a+cat+%26+a+d%C3%B6g&copies=2");
            assertThat(server.requests().getLast()).startsWith("GET /templates/pencil/sketch/jobs/j%2F1 HTTP/1.1\r\n");
        }
    }
}
