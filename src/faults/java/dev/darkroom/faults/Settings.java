package dev.darkroom.faults;

import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import dev.darkroom.local.PlatformOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of the functions. This class and {@link Limits} name every setting that a run changes.
 *
 * @param webhooks whether the provider sends webhooks
 * @param rateLimit whether the rate limit is on: 200 images a second
 */
record Settings(boolean webhooks, boolean rateLimit, int shards, Duration window, Duration lease, Limits limits) {

    private static final String IMAGES_PER_MINUTE = "12000";

    /** The price of each request is held and settled, and none is refused. */
    private static final Money MORE_THAN_A_RUN_COSTS = new Money(1_000_000_000_000L);

    /** Of the key that sends most requests. */
    static final KeyBudget BUDGET =
            new KeyBudget(Optional.of(MORE_THAN_A_RUN_COSTS), BudgetPeriod.MONTH, Optional.empty(), Optional.empty());

    Settings with(Limits others) {
        return new Settings(webhooks, rateLimit, shards, window, lease, others);
    }

    /** The short times let recovery take seconds instead of minutes. */
    PlatformOptions applyTo(PlatformOptions options) {
        var environment = new HashMap<>(limits.environment());
        environment.put("DARKROOM_WAVESPEED_IMAGES_PER_MINUTE", rateLimit ? IMAGES_PER_MINUTE : "");
        environment.put("DARKROOM_TABLE_SHARDS", Integer.toString(shards));
        environment.put("DARKROOM_SWEEP_WINDOW", window.toString());
        environment.put("DARKROOM_SWEEP_LEASE", lease.toString());
        environment.put("DARKROOM_TIMEOUTS_FIRST_CHECK", "PT2S");
        environment.put("DARKROOM_TIMEOUTS_CLAIM", "PT4S");
        environment.put("DARKROOM_WAVESPEED_RESULT_TIMEOUT", "PT2S");
        environment.put("DARKROOM_BUDGET_MAX_PER_DAY", MORE_THAN_A_RUN_COSTS.toString());
        environment.put("DARKROOM_FUNCTION_LOG_LEVEL", "ERROR");
        return options.withWebhooks(webhooks).withEnvironment(environment);
    }

    /** The functions whose processes are killed: those that receive events. */
    List<String> killed() {
        var functions = new ArrayList<>(List.of("submit-generation", "poll-generations", "poll-few-generations"));
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
