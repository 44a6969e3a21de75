package dev.darkroom.provider.easel;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.restclient.RestCalls;
import dev.darkroom.restclient.RestClients;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Easel as an image provider. */
final class EaselImageProvider implements ImageProvider {

    /** In bytes. */
    private static final int MAX_ANSWER = 64 * 1024;

    private final URI address;
    private final String token;
    private final Duration pollTimeout;
    private @Nullable EaselClient client;

    EaselImageProvider(URI address, String token, Duration pollTimeout) {
        this.address = address;
        this.token = token;
        this.pollTimeout = pollTimeout;
    }

    private synchronized EaselClient client() {
        var made = client;
        if (made == null) {
            made = RestClients.withNewConnections(address).build(EaselClient.class);
            client = made;
        }
        return made;
    }

    @Override
    public ProviderId id() {
        return EaselFactory.ID;
    }

    @Override
    public SubmitOutcome submit(Submission submission) {
        var order = EaselForm.order(submission.input());
        var path = submission.upstreamPath();
        return EaselAnswers.ordered(
                RestCalls.send(() -> client().order(token, path, order), MAX_ANSWER, submission.timeout()));
    }

    @Override
    public PollOutcome poll(ProviderTask task) {
        var job = task.prediction().value();
        return EaselAnswers.polled(
                RestCalls.send(() -> client().job(token, task.upstreamPath(), job), MAX_ANSWER, pollTimeout));
    }

    @Override
    public Duration historyKept() {
        return Duration.ZERO;
    }
}
