package dev.darkroom.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The machine and the commit that the figures come from.
 *
 * @param loadAverages over 1, 5 and 15 minutes, before the first measurement: other work on the machine slows the
 *     figures
 * @param commit empty without git
 */
public record Machine(
        String cpu,
        int cores,
        long memoryMegabytes,
        String kernel,
        String architecture,
        String java,
        String loadAverages,
        String commit) {

    /** Throws an {@link IOException} where there is no {@code /proc}. */
    public static Machine here(Path project) throws IOException, InterruptedException {
        return new Machine(
                value(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(value(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D+", "")) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Files.readString(Path.of("/proc/loadavg"))
                        .replaceAll("^((\\S+ ){3}).*\\s*", "$1")
                        .strip(),
                commit(project));
    }

    public String described() {
        return "%s, %d cores, %d MB, %s %s, %s%nload average at the beginning %s; commit %s"
                .formatted(
                        cpu,
                        cores,
                        memoryMegabytes,
                        kernel,
                        architecture,
                        java,
                        loadAverages,
                        commit.isEmpty() ? "unknown" : commit);
    }

    /** The value of the first line with this name, or a zero: not every machine has each name. */
    private static String value(Path file, String name) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0 (not said)");
    }

    private static String commit(Path project) throws IOException, InterruptedException {
        try {
            var git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .directory(project.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? text : "";
        } catch (IOException _) {
            return "";
        }
    }
}
