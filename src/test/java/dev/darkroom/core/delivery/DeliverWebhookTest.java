package dev.darkroom.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeReceivers;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.Delivery.Outcome;
import dev.darkroom.core.webhook.DeliveryAttempt;
import dev.darkroom.core.webhook.RetrySchedule;
import dev.darkroom.core.webhook.WebhookEvent;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookTarget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Webhooks as follow-ups of rows, in simulated time. */
class DeliverWebhookTest {

    private static final ApiKeyId KEY = new ApiKeyId("0123456789abcdef");
    private static final URI ADDRESS = URI.create("https://receiver.example/hook");

    private final CoreFixture core = new CoreFixture();

    private static WebhookTarget to(URI address) {
        return new WebhookTarget(WebhookForm.STANDARD, WebhookTarget.ALL, new WebhookTarget.Address(address));
    }

    private static GenerationRequest request() {
        return new GenerationRequest(new ModelId(CoreFixture.MODEL), CoreFixture.PROVIDER, "{\"prompt\":\"a cat\"}")
                .sentWith(KEY);
    }

    private Generation failed(WebhookTarget... targets) {
        return failed(request(), targets);
    }

    private Generation failed(GenerationRequest request, WebhookTarget... targets) {
        var owed = Arrays.stream(targets).map(DeliverWebhook::new).toList();
        var row = Generation.queued(
                        new GenerationId(core.unique()), CoreFixture.OWNER, request, core.clock.instant(), 1)
                .owing(owed)
                .failed(Failure.NEVER_SUBMITTED, core.clock.instant());
        core.store.create(row);
        return row;
    }

    private Delivery delivery(Generation row) {
        return core.row(row).deliveries().deliveries().getFirst();
    }

    /** Advances the row whenever it is due, as sweeps do. */
    private void advanceFor(Generation row, Duration time) {
        var end = core.clock.instant().plus(time);
        for (var next = next(row); next.filter(at -> !at.isAfter(end)).isPresent(); next = next(row)) {
            if (next.get().isAfter(core.clock.instant())) {
                core.clock.set(next.get());
            }
            var result = core.advance.advance(core.row(row));
            result.nextCheckAt()
                    .filter(at -> at.isAfter(core.clock.instant()) && !at.isAfter(end))
                    .ifPresent(core.clock::set);
        }
        if (core.clock.instant().isBefore(end)) {
            core.clock.set(end);
        }
    }

    private Optional<Instant> next(Generation row) {
        return Optional.ofNullable(core.row(row).dueAt());
    }

    @Test
    void theReceiverIsToldOnce() {
        var row = failed(to(ADDRESS));

        advanceFor(row, Duration.ofDays(5));

        assertThat(core.receivers.received).hasSize(1);
        assertThat(core.receivers.received.getFirst().address()).isEqualTo(ADDRESS);
        assertThat(core.row(row).followUps()).isEmpty();
        assertThat(delivery(row).outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(delivery(row).attempts()).extracting(DeliveryAttempt::status).containsExactly(204);
    }

    @Test
    void theReceiverGetsTheTraceOfTheRequest() {
        var trace = new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        advanceFor(failed(request().tracedIn(trace), to(ADDRESS)), Duration.ofMinutes(1));
        advanceFor(failed(to(ADDRESS)), Duration.ofMinutes(1));

        assertThat(core.receivers.received)
                .extracting(one -> one.headers().getOrDefault("traceparent", "none"))
                .containsExactly(trace.value(), "none");
    }

    @Test
    void eachOfTenAttemptsIsWithinItsJitter() {
        core.receivers.answer(_ -> FakeReceivers.answered(500));
        var row = failed(to(ADDRESS));

        advanceFor(row, Duration.ofDays(6));

        var attempts = delivery(row).attempts();
        assertThat(attempts).hasSize(RetrySchedule.ATTEMPTS);
        for (int failures = 1; failures < attempts.size(); failures++) {
            var waited = Duration.between(
                    attempts.get(failures - 1).at(), attempts.get(failures).at());
            var delay = RetrySchedule.delay(failures);
            assertThat(waited).isBetween(delay, Duration.ofMillis((long) (delay.toMillis() * 1.1) + 1));
        }
        assertThat(delivery(row).outcome()).isEqualTo(Outcome.GIVEN_UP);
        assertThat(core.row(row).followUps()).isEmpty();
        assertThat(core.receivers.received)
                .extracting(FakeReceivers.Received::id)
                .containsOnly(DeliverWebhookStep.id(row, to(ADDRESS)));
    }

    @Test
    void afterADayWithoutTheReceiverItIsToldOnce() {
        core.receivers.answer(_ -> new WebhookSender.Sent.Unanswered("no connection"));
        var row = failed(to(ADDRESS));
        advanceFor(row, Duration.ofHours(24));
        int failures = core.receivers.received.size();

        core.receivers.answer(_ -> FakeReceivers.answered(200));
        advanceFor(row, Duration.ofDays(5));

        assertThat(core.receivers.received).hasSize(failures + 1);
        assertThat(delivery(row).attempts()).hasSize(failures + 1);
        assertThat(delivery(row).attempts().getFirst().reason()).isEqualTo("no connection");
        assertThat(delivery(row).outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void aWebhookThatWasSentAndNotStoredIsSentAgainUnderTheSameId() {
        var row = failed(to(ADDRESS));
        CoreFixture.webhooksTo(core.receivers, core.clock).attempt(new DeliverWebhook(to(ADDRESS)), row);

        advanceFor(row, Duration.ofMinutes(1));

        assertThat(core.receivers.received).hasSize(2);
        assertThat(core.receivers.received)
                .extracting(FakeReceivers.Received::id)
                .containsOnly(DeliverWebhookStep.id(row, to(ADDRESS)));
    }

    @Test
    void aRedirectIsAFailure() {
        core.receivers.answer(_ -> FakeReceivers.answered(308));
        var row = failed(to(ADDRESS));

        advanceFor(row, Duration.ofSeconds(1));

        assertThat(delivery(row).outcome()).isEqualTo(Outcome.PENDING);
        assertThat(core.row(row).followUps()).hasSize(1);
    }

    @Test
    void aReceiverThatNamesATimeIsNotAskedBefore() {
        core.receivers.answer(_ -> new WebhookSender.Sent.Answered(503, Optional.of("600")));
        var row = failed(to(ADDRESS));
        var sentAt = core.clock.instant();

        advanceFor(row, Duration.ofSeconds(1));

        assertThat(core.row(row).followUps().getFirst().nextAt()).isEqualTo(sentAt.plusSeconds(600));
    }

    @Test
    void aFilterLeavesOutOtherEnds() {
        var filtered = new WebhookTarget(
                WebhookForm.STANDARD, Set.of(WebhookEvent.COMPLETED), new WebhookTarget.Address(ADDRESS));

        var row = failed(filtered);

        assertThat(row.followUps()).isEmpty();
        assertThat(row.dueAt()).isNull();
    }

    @Test
    void aReceiverThatIsGoneDisablesItsEndpoint() {
        var manage = new ManageEndpoints(core.secrets, core.random, core.clock);
        var endpoint = manage.add(KEY, ADDRESS, WebhookTarget.ALL).orElseThrow();
        core.receivers.answer(_ -> FakeReceivers.answered(410));
        var row = failed(endpoint.target());

        advanceFor(row, Duration.ofDays(5));

        assertThat(core.receivers.received).hasSize(1);
        assertThat(delivery(row).outcome()).isEqualTo(Outcome.GIVEN_UP);
        assertThat(manage.find(KEY, endpoint.id())
                        .orElseThrow()
                        .disabled()
                        .orElseThrow()
                        .byReceiver())
                .isTrue();
    }

    @Test
    void whatWasGivenUpIsDeliveredAgain() {
        core.receivers.answer(_ -> FakeReceivers.answered(500));
        var row = failed(to(ADDRESS));
        advanceFor(row, Duration.ofDays(6));
        core.receivers.answer(_ -> FakeReceivers.answered(200));

        var owing = new Redeliver(core.context).redeliver(core.row(row), to(ADDRESS));
        advanceFor(row, Duration.ofMinutes(1));

        assertThat(owing.owes(new DeliverWebhook(to(ADDRESS)))).isTrue();
        assertThat(core.triggers).contains(owing);
        assertThat(delivery(row).outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void aDeadHostIsLeftAloneAndOthersAreNot() {
        var others = URI.create("https://other.example/hook");
        core.receivers.answer(address -> address.equals(ADDRESS)
                ? new WebhookSender.Sent.Unanswered("no connection")
                : FakeReceivers.answered(200));
        var rows = new ArrayList<Generation>();
        for (int i = 0; i < 20; i++) {
            rows.add(failed(to(ADDRESS)));
        }
        var healthy = failed(to(others));

        rows.forEach(core.advance::advance);
        core.advance.advance(healthy);

        assertThat(core.receivers.received)
                .filteredOn(one -> one.address().equals(ADDRESS))
                .hasSize(5);
        assertThat(delivery(healthy).outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void anEndpointIsSignedWithBothSecretsForADayAfterARotation() {
        var manage = new ManageEndpoints(core.secrets, core.random, core.clock);
        var endpoint = manage.add(KEY, ADDRESS, WebhookTarget.ALL).orElseThrow();
        manage.rotate(KEY, endpoint.id());

        advanceFor(failed(endpoint.target()), Duration.ofMinutes(1));
        advanceFor(failed(endpoint.target()), Duration.ofDays(1));
        advanceFor(failed(endpoint.target()), Duration.ofMinutes(1));

        assertThat(core.receivers.received)
                .extracting(one -> List.of(one.headers()
                                .getOrDefault("webhook-signature", "")
                                .split(" "))
                        .size())
                .containsExactly(2, 2, 1);
    }

    /** The receiver is busy, so that nothing is sent to it for a minute. */
    @Test
    void aReceiverThatIsLeftAloneDelaysNeitherImagesNorTasks() {
        core.receivers.answer(_ -> FakeReceivers.answered(429));
        core.advance.advance(failed(to(ADDRESS)));
        var row = completed(new DeliverWebhook(to(ADDRESS)), new NotifyTask(new TaskToken("task")));

        for (int steps = 0; steps < 3; steps++) {
            core.advance.advance(core.row(row));
        }

        assertThat(core.receivers.received).hasSize(1);
        assertThat(core.archive.writes()).isEqualTo(1);
        assertThat(core.row(row).followUps())
                .extracting(FollowUp::action)
                .containsExactly(new DeliverWebhook(to(ADDRESS)));
    }

    private Generation completed(FollowUp.Action... owed) {
        var now = core.clock.instant();
        var prediction = new PredictionId(core.unique());
        var row = new Generation(
                        new GenerationId(core.unique()),
                        CoreFixture.OWNER,
                        request().keepingImages(new LinkToken(core.unique())),
                        now,
                        1,
                        now,
                        new State.Processing(prediction, now, CoreFixture.MODEL))
                .owing(List.of(owed))
                .completed(new State.Completed(
                        prediction,
                        List.of(new Output("https://images.example/1.png", false)),
                        Duration.ofSeconds(3),
                        now));
        core.store.create(row);
        return row;
    }

    @Test
    void whatIsOwedToADeletedOrDisabledEndpointIsWithdrawn() {
        var manage = new ManageEndpoints(core.secrets, core.random, core.clock);
        var deleted = manage.add(KEY, ADDRESS, WebhookTarget.ALL).orElseThrow();
        var disabled = manage.add(KEY, ADDRESS, WebhookTarget.ALL).orElseThrow();
        manage.delete(KEY, deleted.id());
        manage.setEnabled(KEY, disabled.id(), false);
        var rows = List.of(failed(deleted.target()), failed(disabled.target()));

        rows.forEach(row -> advanceFor(row, Duration.ofMinutes(1)));

        assertThat(rows)
                .allSatisfy(row -> assertThat(delivery(row).outcome()).isEqualTo(Outcome.WITHDRAWN))
                .extracting(row -> delivery(row).attempts().getLast().reason())
                .containsExactly("the endpoint is deleted", "the endpoint is disabled");
        assertThat(core.receivers.received).isEmpty();
    }

    /** Two rows under one host: the circuit of one API key is not that of another. */
    @Test
    void theBusyReceiverOfOneKeyHoldsUpNoOtherKey() {
        core.receivers.answer(_ -> FakeReceivers.answered(429));
        core.advance.advance(failed(to(ADDRESS)));
        core.receivers.answer(_ -> FakeReceivers.answered(200));
        var other = failed(request().sentWith(new ApiKeyId("fedcba9876543210")), to(ADDRESS));

        core.advance.advance(other);

        assertThat(delivery(other).outcome()).isEqualTo(Outcome.DELIVERED);
    }
}
