package dev.darkroom.http.wavespeed.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.budget.RemainingBudgets;
import dev.darkroom.core.provider.Balance;
import dev.darkroom.core.provider.ReadBalance;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.Dialect;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpResponses;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * {@code GET /api/v3/balance}: what the caller's key may still spend, or, for a key without a budget, what the
 * gateway's accounts at its providers hold. A balance that cannot be read is no
 * error of the gateway, so it is logged and not counted as one.
 */
@Singleton
public class BalanceEndpoint {

    private static final Logger LOG = Logger.getLogger(BalanceEndpoint.class);

    private final ReadBalance readBalance;
    private final RemainingBudgets budgets;

    public BalanceEndpoint(ReadBalance readBalance, RemainingBudgets budgets) {
        this.readBalance = readBalance;
        this.budgets = budgets;
    }

    ObjectNode answer(Caller caller, Dialect dialect) {
        return budgets.spendable(caller.key())
                .map(left -> HttpResponses.ok(BalanceView.json(left.microDollars())))
                .orElseGet(() -> ofAccounts(dialect));
    }

    private ObjectNode ofAccounts(Dialect dialect) {
        return switch (readBalance.read()) {
            case Balance.Known(var microDollars) -> HttpResponses.ok(BalanceView.json(microDollars));
            case Balance.None() ->
                HttpResponses.error(ApiError.noRoute("this gateway has no provider with a balance"), dialect);
            case Balance.Unavailable(var retryAfter, var reason) ->
                unread(
                        ErrorCode.BALANCE_UNAVAILABLE,
                        "The balance cannot be read at the moment, because the provider does not answer.",
                        retryAfter,
                        reason,
                        dialect);
            case Balance.Unreadable(var retryAfter, var reason) ->
                unread(
                        ErrorCode.BALANCE_UNREADABLE,
                        "The balance cannot be read, because the provider's answer is an error or has no balance.",
                        retryAfter,
                        reason,
                        dialect);
        };
    }

    private static ObjectNode unread(
            ErrorCode code, String message, Duration retryAfter, String reason, Dialect dialect) {
        MDC.put("errorCode", code.code());
        MDC.put("reason", reason);
        LOG.warn("balance-not-read");
        return HttpResponses.error(ApiError.noBalance(code, message, retryAfter), dialect);
    }
}
