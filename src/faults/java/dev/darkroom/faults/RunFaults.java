package dev.darkroom.faults;

import dev.darkroom.local.ShutdownCleanup;
import java.nio.file.Path;
import java.util.Map;

/** {@code make faults}. */
final class RunFaults {

    private static final int CALLERS = 16;

    private RunFaults() {}

    /**
     * Reads {@code SEED} (the first seed), {@code SEEDS} (their number), {@code N} (generations), {@code LASTING}
     * (further generations with a permanent fault) and {@code KILLS} from the environment.
     */
    public static void main(String[] arguments) throws InterruptedException {
        ShutdownCleanup.removeAtExit();
        var environment = System.getenv();
        long first = number(environment, "SEED", 1);
        long seeds = number(environment, "SEEDS", 1);
        int generations = (int) number(environment, "N", 5_000);
        int kills = (int) number(environment, "KILLS", generations / 10);
        int lasting = (int) number(environment, "LASTING", Plan.lastingFor(generations));
        boolean kept = true;
        for (long seed = first; seed < first + seeds; seed++) {
            var report =
                    FaultRun.run(Path.of("").toAbsolutePath(), new Plan(seed, generations, lasting, kills, CALLERS));
            System.out.print(report);
            kept &= report.problems().isEmpty();
        }
        System.exit(kept ? 0 : 1);
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
