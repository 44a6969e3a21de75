package dev.darkroom.faults;

import dev.darkroom.local.Platform;
import dev.darkroom.local.Platform.Killed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Kills processes, and lets the provider's clock jump from time to time. */
final class Disturbances {

    private static final int MAX_PAUSE_MILLIS = 100;
    private static final int KILLS_PER_JUMP = 5;
    private static final int FARTHEST_BEHIND_SECONDS = -50;
    private static final int FARTHEST_AHEAD_SECONDS = 100;

    private final Platform platform;
    private final Random random;
    private final Map<String, Integer> kills = new TreeMap<>();
    private int killedAtWork;
    private int jumps;

    Disturbances(Platform platform, Random random) {
        this.platform = platform;
        this.random = random;
    }

    /** Kills a living process of one of these functions after a short random pause. */
    void kill(List<String> functions) throws InterruptedException {
        Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
        // A function without a living process is skipped.
        for (var killed = Killed.NONE; killed == Killed.NONE; Thread.sleep(1)) {
            var function = functions.get(random.nextInt(functions.size()));
            killed = platform.killOne(function, random);
            if (killed != Killed.NONE) {
                kills.merge(function, 1, Integer::sum);
            }
            killedAtWork += killed == Killed.AT_WORK ? 1 : 0;
        }
        if (kills() % KILLS_PER_JUMP == 0) {
            jump();
        }
    }

    /** Only the provider's clock can jump, because all processes share this machine's clock. */
    private void jump() {
        platform.simulator()
                .setClockAhead(Duration.ofSeconds(random.nextInt(FARTHEST_BEHIND_SECONDS, FARTHEST_AHEAD_SECONDS + 1)));
        jumps++;
    }

    private int kills() {
        return killed().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The number of killed processes, by function. */
    Map<String, Integer> killed() {
        return Map.copyOf(kills);
    }

    /** The number of killed processes that were handling an event. */
    int killedAtWork() {
        return killedAtWork;
    }

    int jumps() {
        return jumps;
    }
}
