package dev.darkroom.faults;

import dev.darkroom.local.Platform;
import dev.darkroom.local.Platform.Killed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Kills processes, and lets the provider's clock jump now and then. */
final class Disturbances {

    private static final int LONGEST_PAUSE_MILLIS = 100;
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

    /** Kills a living process of one of these functions, a moment from now. */
    void kill(List<String> functions) throws InterruptedException {
        Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        // A function without a living process is passed over for another one.
        for (var killed = Killed.NOBODY; killed == Killed.NOBODY; Thread.sleep(1)) {
            var function = functions.get(random.nextInt(functions.size()));
            killed = platform.killOne(function, random);
            if (killed != Killed.NOBODY) {
                kills.merge(function, 1, Integer::sum);
            }
            killedAtWork += killed == Killed.AT_WORK ? 1 : 0;
        }
        if (kills() % KILLS_PER_JUMP == 0) {
            jump();
        }
    }

    /** The provider's clock: all processes of this machine share the other one. */
    private void jump() {
        platform.simulator()
                .setClockAhead(Duration.ofSeconds(random.nextInt(FARTHEST_BEHIND_SECONDS, FARTHEST_AHEAD_SECONDS + 1)));
        jumps++;
    }

    private int kills() {
        return killed().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many were killed, by their function. */
    Map<String, Integer> killed() {
        return Map.copyOf(kills);
    }

    /** How many of them had an event. */
    int killedAtWork() {
        return killedAtWork;
    }

    int jumps() {
        return jumps;
    }
}
