package dev.darkroom.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.usage.ReadUsage.Line;
import dev.darkroom.core.usage.ReadUsage.Question;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadUsageTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-09-01");
    private static final Owner ACME = new Owner("acme");
    private static final Owner OTHER = new Owner("other");
    private static final ApiKeyId KEY = new ApiKeyId("00000000000000aa");

    private final List<UsageEntry> entries = new ArrayList<>();
    private final List<LocalDate> readDays = new ArrayList<>();

    private final ReadUsage usage = new ReadUsage(
            (day, owner) -> {
                readDays.add(day);
                return entries.stream()
                        .filter(entry -> entry.group().day().equals(day))
                        .filter(entry ->
                                owner.map(entry.group().owner()::equals).orElse(true))
                        .toList();
            },
            CountedNames.NONE);

    @ParameterizedTest
    @CsvSource({
        "day, 2026-09-01=3 2026-09-02=4",
        "key, =4 00000000000000aa=3",
        "model, acme/one=1 acme/two=6",
        "metadata.project, =5 blue=2",
        "owner, acme=7"
    })
    void theCountsAreGrouped(String groupBy, String expected) {
        count(0, ACME, Optional.of(KEY), "acme/one", Map.of(), 1);
        count(0, ACME, Optional.of(KEY), "acme/two", Map.of("project", "blue"), 2);
        count(1, ACME, Optional.empty(), "acme/two", Map.of(), 4);
        count(1, OTHER, Optional.empty(), "acme/two", Map.of(), 8);

        var report = read(2, groupBy, Optional.of(ACME));

        assertThat(report.lines().stream()
                        .map(line ->
                                line.group().orElse("") + "=" + line.count().generations())
                        .toList())
                .isEqualTo(Pattern.compile(" ").splitAsStream(expected).toList());
        assertThat(report.total().generations()).isEqualTo(7);
    }

    @Test
    void allOwnersAreCountedWhereNoneIsNamed() {
        count(0, ACME, Optional.empty(), "acme/one", Map.of(), 1);
        count(0, OTHER, Optional.empty(), "acme/one", Map.of(), 2);

        assertThat(read(1, "owner", Optional.empty()).lines())
                .extracting(Line::group)
                .containsExactly(Optional.of("acme"), Optional.of("other"));
    }

    /** 100,000 generations: what is read depends on days and groups, not on generations. */
    @Test
    void ninetyDaysAreNinetyReads() {
        for (int day = 0; day < 90; day++) {
            count(day, ACME, Optional.of(KEY), "acme/one", Map.of(), 1_111);
        }

        var report = read(90, "model", Optional.of(ACME));

        assertThat(report.total()).isEqualTo(new UsageCount(99_990, 0, 99_990, 99_990 * 40_000L));
        assertThat(report.lines()).hasSize(1);
        assertThat(readDays).hasSize(90);
    }

    @Test
    void aSpanOfMoreThanAHundredDaysIsRefused() {
        assertThatThrownBy(() -> new Question(FIRST, FIRST.plusDays(100), new GroupBy.Day(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Question(FIRST, FIRST.minusDays(1), new GroupBy.Day(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31", "-999999999-01-01"})
    void theFirstAndTheLastDayOfTimeAreDaysToo(LocalDate day) {
        usage.read(new Question(day, day, new GroupBy.Day(), Optional.empty()));

        assertThat(readDays).containsExactly(day);
    }

    @ParameterizedTest
    @CsvSource({"''", "DAY", "metadata", "metadata.", "prompt"})
    void whatIsNoGroupIsNotRead(String text) {
        assertThat(GroupBy.parse(text)).isEmpty();
    }

    @Test
    void daysAreReadSideBySideUpToEightAtOnce() {
        var together = new CountDownLatch(8);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        UsageCounters slow = (day, _) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            together.countDown();
            boolean areEight = within(together);
            running.decrementAndGet();
            return areEight ? List.of(entry(day)) : List.of();
        };

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var report = new ReadUsage(slow, CountedNames.NONE, threads).read(question(90));

            assertThat(report.total().generations()).isEqualTo(90);
            assertThat(report.lines()).hasSize(90);
            assertThat(most).hasValue(8);
        }
    }

    @Test
    void aDayThatCannotBeReadEndsTheReport() {
        UsageCounters failing = (day, _) -> {
            readDays.add(day);
            throw new StoreUnavailableException("gone", new IllegalStateException());
        };

        assertThatThrownBy(() -> new ReadUsage(failing, CountedNames.NONE).read(question(90)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(readDays).hasSize(1);
    }

    private static boolean within(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Question question(int days) {
        return new Question(FIRST, FIRST.plusDays(days - 1L), new GroupBy.Day(), Optional.empty());
    }

    private static UsageEntry entry(LocalDate day) {
        return new UsageEntry(
                new UsageGroup(day, ACME, Optional.empty(), new ModelId("acme/one"), Map.of()),
                new UsageCount(1, 0, 1, 40_000));
    }

    private ReadUsage.Report read(int days, String groupBy, Optional<Owner> owner) {
        return usage.read(new Question(
                FIRST, FIRST.plusDays(days - 1L), GroupBy.parse(groupBy).orElseThrow(), owner));
    }

    private void count(
            int day, Owner owner, Optional<ApiKeyId> key, String model, Map<String, String> metadata, long count) {
        entries.add(new UsageEntry(
                new UsageGroup(FIRST.plusDays(day), owner, key, new ModelId(model), metadata),
                new UsageCount(count, 0, count, count * 40_000)));
    }
}
