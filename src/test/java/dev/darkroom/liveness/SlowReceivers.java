package dev.darkroom.liveness;

import dev.darkroom.core.delivery.WebhookSender;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookTarget;
import dev.darkroom.core.webhook.WebhookTarget.Address;
import dev.darkroom.liveness.Answers.Service;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Receivers of webhooks, which take time and fail for bad prompts. Each of these has a host of its own. */
final class SlowReceivers implements WebhookSender {

    private static final Duration CALL = Duration.ofMillis(100);

    private final Simulation simulation;
    private final Answers toBadPrompts;
    private final Map<String, Instant> toldAt = new LinkedHashMap<>();

    SlowReceivers(Simulation simulation, Answers toBadPrompts) {
        this.simulation = simulation;
        this.toBadPrompts = toBadPrompts;
    }

    /** The receiver of the request for this prompt. */
    static WebhookTarget of(String prompt) {
        var host = prompt.startsWith(SlowProvider.BAD_PROMPT) ? prompt.replace(' ', '-') : "good";
        var address = URI.create("https://%s.example/%s".formatted(host, prompt.replace(' ', '-')));
        return new WebhookTarget(WebhookForm.STANDARD, WebhookTarget.ALL, new Address(address));
    }

    @Override
    public Sent send(URI address, Map<String, String> headers, String body, Duration limit) {
        var answers = address.getHost().startsWith("good") ? Answers.GOOD : toBadPrompts;
        simulation.sleep(answers.failure(Service.RECEIVERS).orElse(CALL));
        if (answers.failure(Service.RECEIVERS).isPresent()) {
            return new Sent.Unanswered("no answer");
        }
        toldAt.putIfAbsent(address.getPath().substring(1), simulation.clock().instant());
        return new Sent.Answered(204, Optional.empty());
    }

    @Override
    public Optional<String> problem(URI address) {
        return Optional.empty();
    }

    /** When the receiver of each good prompt was told for the first time. */
    Map<String, Instant> toldAt() {
        return Map.copyOf(toldAt);
    }
}
