package dev.darkroom.bench;

import dev.darkroom.bench.report.Machine;
import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.bench.report.StartChart;
import dev.darkroom.bench.subject.Peers;
import dev.darkroom.bench.subject.Subject;
import dev.darkroom.local.PlatformOptions;
import dev.darkroom.local.ShutdownCleanup;
import dev.darkroom.local.TemporaryFolder;
import dev.darkroom.local.functions.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** {@code make bench}: measures, prints a table, and writes the same to {@code target/bench/results.json}. */
public final class Benchmark {

    private static final int MAX_ZIP_MEGABYTES = 18;
    private static final double MEGABYTE = 1e6;

    private final Settings settings;
    private final Path project;
    private final Path target;
    private final Report report;

    private Benchmark(Settings settings, Path project) throws IOException, InterruptedException {
        this.settings = settings;
        this.project = project;
        this.target = Files.createDirectories(project.resolve("target/bench"));
        this.report = new Report(Machine.here(project));
    }

    /**
     * Reads from the environment: {@code SECTION}, one section or several with commas between them (all by default);
     * {@code REPS}, the number of cold starts (20); {@code IMAGES}, the number of images in the section visibility
     * (100); {@code NATIVE_ZIP} and {@code JVM_ZIP}, the artifacts.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ShutdownCleanup.removeAtExit();
        try {
            new Benchmark(new Settings(System.getenv()), Path.of("").toAbsolutePath()).run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        var chosen = sections();
        var nativeZip = zip("NATIVE_ZIP", "native.zip");
        var jvmZip = zip("JVM_ZIP", "jvm.zip");
        try (var nativeFolder = TemporaryFolder.create();
                var jvmFolder = TemporaryFolder.create()) {
            var subjects = new ArrayList<Subject>();
            subjects.add(Subject.ours(Artifact.unpack(project, nativeZip, nativeFolder.path(), Map.of())));
            subjects.add(Subject.ours(Artifact.unpack(project, jvmZip, jvmFolder.path(), Map.of())));
            if (chosen.contains(Section.COLD) || chosen.contains(Section.WARM)) {
                subjects.addAll(new Peers(project, target).build());
            }
            sizes(nativeZip, jvmZip, nativeFolder.path().resolve("bootstrap"));
            var sections = new Sections(subjects, PlatformOptions.of(project).withArtifact(nativeZip), plan(), target);
            for (var section : chosen) {
                sections.run(section, report);
                if (section == Section.COLD) {
                    Files.writeString(
                            target.resolve("start.svg"), new StartChart(report.rows("first /next")).toString());
                }
            }
        }
        report.finish(target.resolve("results.json"));
    }

    private BenchmarkPlan plan() {
        return BenchmarkPlan.FULL
                .withStarts(settings.number("REPS", BenchmarkPlan.FULL.starts()))
                .withImages(settings.number(
                        "IMAGES", BenchmarkPlan.FULL.onPlatform().images()));
    }

    private void sizes(Path nativeZip, Path jvmZip, Path bootstrap) throws IOException {
        report.section("artifact size", "A megabyte is a million bytes here.");
        var size = Samples.of(Files.size(nativeZip) / MEGABYTE);
        report.row("function.zip, native", "MB", size);
        report.row("bootstrap in it", "MB", Samples.of(Files.size(bootstrap) / MEGABYTE));
        report.row("function.zip, JVM", "MB", Samples.of(Files.size(jvmZip) / MEGABYTE));
        report.atMost("function.zip, MB", OptionalDouble.of(size.median()), MAX_ZIP_MEGABYTES);
    }

    /** The sections that {@code SECTION} names, in the order of the enum. */
    private List<Section> sections() {
        var text = settings.environment().getOrDefault("SECTION", "");
        var all = List.of(Section.values());
        var names = text.isBlank() ? all.stream().map(Section::toString).toList() : List.of(text.split(",", -1));
        var chosen = all.stream()
                .filter(section -> names.contains(section.toString()))
                .toList();
        if (chosen.size() != names.size()) {
            throw new IllegalArgumentException(
                    "SECTION must be one of %s, or several with commas".formatted(Arrays.toString(Section.values())));
        }
        return chosen;
    }

    private Path zip(String variable, String name) {
        var normally = target.resolve(name);
        return settings.zip(variable, normally)
                .orElseThrow(() -> new IllegalStateException(
                        normally + " is missing: `make bench` builds it, or set " + variable));
    }
}
