package dev.darkroom.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limit that a request does not fit into. All amounts are in dollars.
 *
 * @param scope {@code deployment}, {@code key:<id>} or {@code shared:<owner>/<name>}
 * @param spent what is charged in the window; left out for the deployment, whose spending callers do not see
 * @param held what is held in the window until its outcome is known; left out for the deployment
 * @param resetsAt ISO-8601, when the window ends; left out when it never does
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BudgetView(
        String scope,
        String duration,
        String currency,
        BigDecimal limit,
        @Nullable BigDecimal spent,
        @Nullable BigDecimal held,
        @JsonProperty("resets_at") @Nullable String resetsAt) {

    static BudgetView of(SpendLimit limit, BudgetUse use, Optional<Instant> resetsAt) {
        boolean isOwn = !limit.scope().isDeployment();
        return new BudgetView(
                limit.scope().value(),
                limit.period().duration(),
                Money.CURRENCY,
                limit.max().dollars(),
                isOwn ? use.spent().dollars() : null,
                isOwn ? use.held().dollars() : null,
                resetsAt.map(Instant::toString).orElse(null));
    }

    /** The same as a sentence. */
    String sentence() {
        var used = spent == null ? "" : ": %s are spent and %s held".formatted(spent.toPlainString(), held(held));
        var until = resetsAt == null ? "It does not reset." : "It resets at %s.".formatted(resetsAt);
        return "The price does not fit into the budget of %s dollars %s%s. %s"
                .formatted(limit.toPlainString(), whose(new BudgetScope(scope)), used, until);
    }

    /** A caller that has spent little has to know that others spend the same budget. */
    private static String whose(BudgetScope scope) {
        if (scope.isDeployment()) {
            return "for the whole gateway";
        }
        return scope.isShared() ? "that this API key shares with others" : "for this API key";
    }

    private static String held(@Nullable BigDecimal amount) {
        return amount == null ? "0" : amount.toPlainString();
    }
}
