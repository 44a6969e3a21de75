package dev.darkroom.faults;

import dev.darkroom.local.PlatformOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * What the functions are configured with. The names of all their settings that a run changes are here and in {@link Limits}.
 *
 * @param webhooks whether the provider sends them
 * @param rateLimit whether images are counted: 200 a second
 */
record Settings(boolean webhooks, boolean rateLimit, int shards, Duration window, Duration lease, Limits limits) {

    private static final String IMAGES_PER_MINUTE = "12000";

    Settings with(Limits others) {
        return new Settings(webhooks, rateLimit, shards, window, lease, others);
    }

    /** Recovery takes seconds instead of minutes. */
    PlatformOptions applyTo(PlatformOptions options) {
        var environment = new HashMap<>(limits.environment());
        environment.put("DARKROOM_BUDGET_IMAGES_PER_MINUTE", rateLimit ? IMAGES_PER_MINUTE : "");
        environment.put("DARKROOM_SHARDS", Integer.toString(shards));
        environment.put("DARKROOM_SWEEP_WINDOW", window.toString());
        environment.put("DARKROOM_SWEEP_LEASE", lease.toString());
        environment.put("DARKROOM_TIMINGS_FIRST_LOOK", "PT2S");
        environment.put("DARKROOM_TIMINGS_CLAIM_TIMEOUT", "PT4S");
        environment.put("DARKROOM_WAVESPEED_RESULT_TIMEOUT", "PT2S");
        environment.put("DARKROOM_LOG_LEVEL", "ERROR");
        return options.withWebhooks(webhooks).withEnvironment(environment);
    }

    /** The functions whose processes are killed: those that are called. */
    List<String> killed() {
        var functions = new ArrayList<>(List.of("submit-generation", "poll-generations", "authorize"));
        if (webhooks) {
            functions.add("receive-webhook");
        }
        return List.copyOf(functions);
    }

    @Override
    public String toString() {
        return "%s%s, %d %s"
                .formatted(
                        webhooks ? "webhooks" : "polling",
                        rateLimit ? ", a rate limit" : "",
                        shards,
                        shards == 1 ? "shard" : "shards");
    }
}
