package dev.darkroom.faults;

import dev.darkroom.faults.clients.ClientPlan;
import dev.darkroom.faults.clients.ClientRun;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import dev.darkroom.local.ShutdownCleanup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code make faults}. */
final class RunFaults {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final int CALLERS = 16;

    /** All clients run at once. */
    private static final int CALLERS_OF_CLIENT = 3;

    private static final int PROCESSES = 4;

    /** The share of the requests of clients that the line disturbs. */
    private static final double BROKEN = 0.08;

    /** Ten times as many as calls whose three requests break one after the other. */
    private static final double LEFT = 0.005;

    private RunFaults() {}

    /**
     * Reads {@code SEED} (the first seed) and {@code SEEDS} (their number) from the environment, and either {@code
     * CLIENTS} (the calls of each unmodified client) or {@code N} (generations), {@code LASTING} (further generations
     * with a permanent fault) and {@code KILLS}.
     */
    public static void main(String[] arguments) throws InterruptedException {
        ShutdownCleanup.removeAtExit();
        var environment = System.getenv();
        long first = number(environment, "SEED", 1);
        long seeds = number(environment, "SEEDS", 1);
        boolean kept = true;
        for (long seed = first; seed < first + seeds; seed++) {
            kept &= environment.getOrDefault("CLIENTS", "").isBlank()
                    ? generations(plan(environment, seed))
                    : clients(environment, seed);
        }
        System.exit(kept ? 0 : 1);
    }

    private static Plan plan(Map<String, String> environment, long seed) {
        int generations = (int) number(environment, "N", 5_000);
        int kills = (int) number(environment, "KILLS", generations / 10);
        int lasting = (int) number(environment, "LASTING", Plan.lastingFor(generations));
        return new Plan(seed, generations, lasting, kills, CALLERS, Optional.empty());
    }

    private static boolean generations(Plan plan) throws InterruptedException {
        var report = FaultRun.run(PROJECT, plan);
        System.out.print(report);
        return report.problems().isEmpty();
    }

    private static boolean clients(Map<String, String> environment, long seed) throws InterruptedException {
        int calls = (int) number(environment, "CLIENTS", 0);
        var settings = plan(environment, seed).before().with(Limits.OF_CLIENTS);
        var options = PlatformOptions.of(PROJECT)
                .withImageTime(Duration.ofMillis(500))
                .withTick(Duration.ofMillis(500))
                .withProcesses(PROCESSES);
        try (var platform = Platform.start(settings.applyTo(options))) {
            platform.warmUp(settings.killed());
            var report = ClientRun.run(PROJECT, platform, new ClientPlan(seed, calls, CALLERS_OF_CLIENT, BROKEN, LEFT));
            System.out.print(report);
            return report.problems().isEmpty();
        }
    }

    private static long number(Map<String, String> environment, String name, long otherwise) {
        var text = environment.getOrDefault(name, "");
        try {
            return text.isBlank() ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException _) {
            System.err.println("faults: %s must be a number, not %s".formatted(name, text));
            System.exit(1);
            return otherwise;
        }
    }
}
