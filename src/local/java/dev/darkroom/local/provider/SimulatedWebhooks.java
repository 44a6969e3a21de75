package dev.darkroom.local.provider;

import dev.darkroom.local.provider.Fault.Kind;
import dev.darkroom.local.provider.FaultInjector.Subject;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simulated provider's webhooks: one at the end of each prediction that was submitted with {@code ?webhook=}. */
final class SimulatedWebhooks {

    private static final String PARAMETER = "webhook=";

    private final SimulatorAddresses addresses;
    private final FaultInjector faults;
    private final WebhookSender sender;

    SimulatedWebhooks(SimulatorAddresses addresses, FaultInjector faults, WebhookSender sender) {
        this.addresses = addresses;
        this.faults = faults;
        this.sender = sender;
    }

    /** Plans the webhook of a prediction; {@code query} is the query of its submission, null when it has none. */
    void register(SimulatedPrediction prediction, @Nullable String query) {
        if (query == null || !query.startsWith(PARAMETER)) {
            return;
        }
        var content = faults.forGood(new Subject(Kind.RESULT, prediction));
        var entry = prediction.entry(addresses, prediction.readyAt());
        content.ifPresent(fault -> FalseContent.apply(fault, entry, prediction, addresses));
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
