package dev.darkroom.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which version of a row counts, and as what. Two images cost 80,000 micro-dollars. */
class SettledUsageTest {

    /** A minute before midnight, so that the end is on the next day. */
    private static final Instant ACCEPTED = Instant.parse("2026-11-26T23:59:00Z");

    private static final Instant LATER = ACCEPTED.plusSeconds(120);
    private static final ApiKeyId KEY = new ApiKeyId("00000000000000aa");
    private static final PredictionId PREDICTION = new PredictionId("p1");
    private static final Money PRICE = new Money(80_000);

    private static final List<BudgetWindow> WINDOWS =
            List.of(BudgetWindow.at(ACCEPTED, BudgetScope.DEPLOYMENT, BudgetPeriod.DAY));

    private final SettledUsage usage = new SettledUsage(CountedNames.parse("project"));

    @Test
    void aCompletedGenerationCountsInTheDayOfItsAcceptance() {
        var completed = completed(2);

        assertThat(usage.of(completed))
                .contains(new UsageEntry(
                        new UsageGroup(
                                LocalDate.parse("2026-11-26"),
                                new Owner("acme"),
                                Optional.of(KEY),
                                new ModelId("acme/one"),
                                Map.of("project", "blue")),
                        new UsageCount(1, 0, 2, 80_000)));
    }

    @Test
    void fewerImagesCostLess() {
        assertThat(count(completed(1))).isEqualTo(new UsageCount(1, 0, 1, 40_000));
    }

    @Test
    void aRejectedGenerationCountsAsFailedAndCostsNothing() {
        assertThat(count(queued().rejected(new Failure("code", "text"), LATER))).isEqualTo(new UsageCount(1, 1, 0, 0));
    }

    @Test
    void aCancelledGenerationCountsAsFailed() {
        assertThat(count(queued().cancelled(LATER))).isEqualTo(new UsageCount(1, 1, 0, 0));
    }

    @Test
    void whatMayBeBilledCountsOnceTheBillIsKnown() {
        var failed = processing().failed(new Failure("code", "text"), LATER);

        assertThat(count(failed)).isEqualTo(UsageCount.ZERO);
        assertThat(count(failed.billed(PRICE))).isEqualTo(new UsageCount(1, 1, 0, 80_000));
    }

    @Test
    void aRefundIsACorrection() {
        assertThat(count(completed(2).billed(Money.ZERO))).isEqualTo(new UsageCount(0, 0, 0, -80_000));
    }

    @Test
    void aLaterVersionCountsNothing() {
        var completed = completed(2);

        assertThat(usage.of(completed.withFollowUps(List.of()))).isEmpty();
        assertThat(usage.of(completed.deleted(LATER))).isEmpty();
    }

    @Test
    void aRowThatHoldsItsPriceCountsNothing() {
        assertThat(usage.of(queued())).isEmpty();
        assertThat(usage.of(processing())).isEmpty();
    }

    @Test
    void aGenerationWithoutAPriceIsNotCounted() {
        assertThat(usage.of(queued().costing(null).cancelled(LATER))).isEmpty();
    }

    @Test
    void aGenerationWithoutALimitIsNotCounted() {
        var unlimited = queued().costing(Cost.held(PRICE, 2, List.of(), 1));

        assertThat(usage.of(unlimited.cancelled(LATER))).isEmpty();
    }

    @Test
    void aCopyIsNoGeneration() {
        var copy = queued(2)
                .copy(1, 1)
                .claimed(TestClaims.claim("a", ACCEPTED), LATER)
                .submitted(PREDICTION, LATER, LATER);

        assertThat(count(copy.completed(images(2)))).isEqualTo(new UsageCount(0, 0, 2, 80_000));
    }

    private UsageCount count(Generation row) {
        return usage.of(row).orElseThrow().count();
    }

    private static Generation completed(int images) {
        return processing().completed(images(images));
    }

    private static State.Completed images(int count) {
        var outputs = IntStream.range(0, count)
                .mapToObj(number -> new Output("https://images.example/%d.png".formatted(number), false))
                .toList();
        return new State.Completed(PREDICTION, outputs, Duration.ofSeconds(2), LATER);
    }

    private static Generation processing() {
        var claim = TestClaims.claim("a", ACCEPTED);
        return queued().claimed(claim, LATER).submitted(PREDICTION, ACCEPTED, LATER);
    }

    private static Generation queued() {
        return queued(1);
    }

    private static Generation queued(int copies) {
        var request = new GenerationRequest(
                        new ModelId("acme/one"),
                        new ProviderId("acme"),
                        "{\"prompt\":\"a cat\"}",
                        copies,
                        new Metadata(Map.of("project", "blue", "order", "7")))
                .sentWith(KEY);
        var id = new GenerationId("0123456789abcdef0123456789abcdef");
        return Generation.queued(id, new Owner("acme"), request, ACCEPTED, 1)
                .costing(Cost.held(PRICE, 2, WINDOWS, copies));
    }
}
