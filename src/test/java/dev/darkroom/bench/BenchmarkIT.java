package dev.darkroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.bench.report.Machine;
import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Report.Row;
import dev.darkroom.bench.subject.Handler;
import dev.darkroom.bench.subject.Peers;
import dev.darkroom.bench.subject.Subject;
import dev.darkroom.local.PlatformOptions;
import dev.darkroom.local.TemporaryFolder;
import dev.darkroom.local.functions.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs each section of {@code make bench} and {@code make bench-sweep} once, with the artifact under test, native or
 * not. It fails when a stub no longer fits the functions; the figures of so short a run mean nothing.
 */
class BenchmarkIT {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Path TARGET = PROJECT.resolve("target/bench");
    private static final List<Subject> SUBJECTS = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private static TemporaryFolder folder;

    @SuppressWarnings("NullAway.Init")
    private static Report report;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        Files.createDirectories(TARGET);
        folder = TemporaryFolder.create();
        report = new Report(Machine.here(PROJECT));
        SUBJECTS.add(Subject.ours(Artifact.unpack(PROJECT, artifact(), folder.path(), Map.of())));
        SUBJECTS.addAll(new Peers(PROJECT, TARGET).withoutNativeBuild());
        System.out.println(
                "Measured are: " + SUBJECTS.stream().map(Subject::name).collect(Collectors.joining(", ")));
    }

    @AfterAll
    static void remove() {
        folder.close();
    }

    private static Path artifact() {
        return PlatformOptions.of(PROJECT).artifact();
    }

    @ParameterizedTest
    @EnumSource(Section.class)
    void everySectionHasItsFigures(Section section) throws IOException, InterruptedException {
        // Given
        var sections = new Sections(SUBJECTS, PlatformOptions.of(PROJECT), BenchmarkPlan.SMOKE, TARGET);

        // When
        sections.run(section, report);

        // Then
        assertThat(figures()).isEqualTo(expected(section));
        assertThat(rows()).allSatisfy(row -> assertThat(row.n()).isPositive());
    }

    @Test
    void aSweepAtScaleHasItsFigures() throws IOException, InterruptedException {
        // Given
        var settings = new Settings(Map.of("ROWS", "20", "SECONDS", "3", "RUNS", "1"));
        var sweep = new SweepBenchmark(settings, PROJECT, TARGET);

        // When
        sweep.run(report, List.of(artifact()));

        // Then
        assertThat(rows()).extracting(Row::figure).hasSize(7).contains("polls a second, ", "peak resident, ");
        assertThat(rows().getFirst().n()).isEqualTo(3);
        assertThat(rows().getFirst().max()).isPositive();
    }

    private static List<Row> rows() {
        return report.sections().getLast().rows();
    }

    private static Set<String> figures() {
        return rows().stream()
                .map(row -> "%s %s %s".formatted(row.figure(), row.function(), row.subject()))
                .collect(Collectors.toSet());
    }

    private static Set<String> expected(Section section) {
        return switch (section) {
            case COLD -> ofAll(Subject::handlers, "first /next", "first answer", "own part");
            case WARM -> ofAll(Subject::handlers, "event", "adds", "RSS, started", "RSS, used");
            case TRACES -> ofTraces("first /next", "first answer", "own part");
            case PATH ->
                Set.of("no process is running  ", "the key is new to the processes  ", "everything is known  ");
            case SWEEP -> ofAll(BenchmarkIT::sweeping, "polls a second", "peak RSS");
            case GATE ->
                Set.of(
                        "5 a second: event  ",
                        "5 a second: refused for each request  ",
                        "5 a second: answered  ",
                        "5 a second: a sweep's change  ",
                        "5 a second: writes for a sweep's change  ");
            case BUDGET -> Set.of("5 a second: accepted after  ", "5 a second: accepted  ");
            case UNITS ->
                Set.of(
                        "write units, the row and its index entry  ",
                        "write units, the item of the image's content  ",
                        "write units, the sweep's lease  ",
                        "of them refused by their condition, 1 WCU each  ",
                        "read units, the sweep's  ",
                        "read units, a client's read  ",
                        "read units, the API key of both requests  ");
            case LINKS ->
                Set.of(
                        "the right link  ",
                        "the token's first digit is wrong  ",
                        "the token's last digit is wrong  ",
                        "the id is unknown  ");
            case VISIBILITY ->
                Set.of("completed is seen, after the provider has it  ", "no function is busy, after that  ");
            case WAIT ->
                Set.of("CPU time of a wait  ", "read units of the row  ", "answered, after the end of the wait  ");
            case WEBHOOKS ->
                Set.of(
                        "the receiver is told, alone  ",
                        "the receiver is told, beside bad ones  ",
                        "the receiver is told, beside good ones  ");
        };
    }

    private static Set<String> ofTraces(String... figures) {
        var name = SUBJECTS.getFirst().name();
        return Stream.of(figures)
                .flatMap(figure -> Stream.of("submit-generation", "get-generation")
                        .flatMap(function -> Stream.of(name, name + TracedStarts.TRACES)
                                .map(subject -> "%s %s %s".formatted(figure, function, subject))))
                .collect(Collectors.toSet());
    }

    private static Set<Handler> sweeping(Subject subject) {
        return subject.handlers().contains(Handler.POLL) ? Set.of(Handler.POLL) : Set.of();
    }

    private static Set<String> ofAll(Function<Subject, Set<Handler>> handlers, String... figures) {
        return SUBJECTS.stream()
                .flatMap(subject -> handlers.apply(subject).stream()
                        .flatMap(handler -> List.of(figures).stream()
                                .map(figure -> "%s %s %s".formatted(figure, handler.function(), subject.name()))))
                .collect(Collectors.toSet());
    }
}
