package dev.darkroom.faults.receivers;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What must hold for webhooks after a run. */
public final class WebhookChecks {

    private final Map<String, String> registered;
    private final List<Received> received;
    private final Receivers receivers;
    private final Map<String, List<StoredDelivery>> stored;
    private final List<String> problems = new ArrayList<>();

    private WebhookChecks(Receivers receivers, Map<String, List<StoredDelivery>> stored) {
        this.registered = receivers.registered();
        this.received = receivers.received();
        this.receivers = receivers;
        this.stored = stored;
    }

    public static List<String> problems(Receivers receivers, URI table) {
        var checks = new WebhookChecks(receivers, StoredDelivery.all(table));
        checks.everyReceiverGetsItsOwn();
        checks.everyRegistrationEnds();
        return List.copyOf(checks.problems);
    }

    private void everyReceiverGetsItsOwn() {
        problem("a webhook that is not genuine", received, one -> !one.genuine());
        problem(
                "a webhook about the generation of another request",
                received,
                one -> !one.generation().equals(registered.get(one.key())));
        var ids = received.stream().collect(groupingBy(Received::key, mapping(Received::webhookId, toSet())));
        problem(
                "a webhook with several ids",
                ids.entrySet(),
                one -> one.getValue().size() != 1 || one.getValue().contains(""));
    }

    private void everyRegistrationEnds() {
        var told = received.stream()
                .filter(Received::isDelivered)
                .map(Received::key)
                .collect(toSet());
        problem(
                "a receiver that was not told",
                registered.keySet(),
                key -> receivers.manner(key) != Manner.GONE && !told.contains(key));
        problem("a webhook without an end, or without its log", registered.entrySet(), one -> !isLogged(one));
        var asked = new HashSet<>(registered.values());
        problem(
                "a delivery that nobody asked for",
                stored.entrySet(),
                row -> !asked.contains(row.getKey()) && !row.getValue().isEmpty());
    }

    private boolean isLogged(Map.Entry<String, String> one) {
        var log = stored.getOrDefault(one.getValue(), List.of());
        var outcome = receivers.manner(one.getKey()) == Manner.GONE ? "given_up" : "delivered";
        return log.size() == 1
                && log.getFirst().outcome().equals(outcome)
                && log.getFirst().attempts() > 0;
    }

    private <T> void problem(String text, Collection<T> all, Predicate<T> is) {
        all.stream().filter(is).map(one -> "%s: %s".formatted(text, one)).forEach(problems::add);
    }
}
