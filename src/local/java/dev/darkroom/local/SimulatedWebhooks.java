package dev.darkroom.local;

import dev.darkroom.local.Fault.Kind;
import dev.darkroom.local.Faults.Subject;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simulated provider's webhooks: one at the end of each prediction that was asked for with {@code ?webhook=}. */
final class SimulatedWebhooks {

    private static final String PARAMETER = "webhook=";

    private final URI provider;
    private final Faults faults;
    private final WebhookSender sender;

    SimulatedWebhooks(URI provider, Faults faults, WebhookSender sender) {
        this.provider = provider;
        this.faults = faults;
        this.sender = sender;
    }

    /** {@code query} is that of the submission, null when it has none. */
    void register(SimulatedPrediction prediction, @Nullable String query) {
        if (query == null || !query.startsWith(PARAMETER)) {
            return;
        }
        var content = faults.forGood(new Subject(Kind.RESULT, prediction));
        var entry = prediction.entry(provider, prediction.readyAt());
        content.ifPresent(fault -> FalseContent.apply(fault, entry, prediction, provider));
        sender.send(
                URI.create(query.substring(PARAMETER.length())),
                entry.toString(),
                prediction.readyAt(),
                times(prediction, content));
    }

    private int times(SimulatedPrediction prediction, Optional<Fault> content) {
        var fault = faults.of(new Subject(Kind.WEBHOOK, prediction));
        if (fault.equals(Optional.of(Fault.LOST_WEBHOOK)) || content.equals(Optional.of(Fault.UNKNOWN_STATUS))) {
            return 0;
        }
        return fault.equals(Optional.of(Fault.DUPLICATE_WEBHOOK)) ? 2 : 1;
    }
}
