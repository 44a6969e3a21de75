package dev.darkroom.faults.clients;

import static java.util.stream.Collectors.joining;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a run.
 *
 * @param here by client, behind a line that breaks, at this gateway
 * @param elsewhere likewise, at a gateway that passes each request on
 */
public record ClientReport(
        ClientPlan plan,
        Map<Client, Account> here,
        Map<Client, Account> elsewhere,
        Map<LineFault, Integer> faults,
        List<String> problems) {

    private static final int MAX_PROBLEMS = 20;
    private static final String ROW = "  %-42s %6s %8s %8s %9s %6s %6s %7s%n";

    public ClientReport {
        here = new EnumMap<>(here);
        elsewhere = new EnumMap<>(elsewhere);
        faults = Map.copyOf(faults);
        problems = List.copyOf(problems);
    }

    /** The images that the provider charged for the calls of a client at this gateway. */
    public int charged(Client client) {
        return account(here, client).charged();
    }

    /** Those of them that reached the client. */
    public int delivered(Client client) {
        return account(here, client).delivered();
    }

    /** The images that were charged for the calls of a client at the other gateway. */
    public int chargedElsewhere(Client client) {
        return account(elsewhere, client).charged();
    }

    private static Account account(Map<Client, Account> accounts, Client client) {
        var account = accounts.get(client);
        if (account == null) {
            throw new IllegalArgumentException("%s has not run".formatted(client));
        }
        return account;
    }

    /** How many faults of the line the clients at this gateway met. */
    public int disturbed() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return """
                seed %d: %d calls of each client, %.0f %% of the requests disturbed: %s
                %s%s%s  line      %s
                %s""".formatted(
                        plan.seed(),
                        plan.calls(),
                        plan.broken() * 100,
                        problems.isEmpty() ? "all promises kept" : problems.size() + " PROBLEMS",
                        ROW.formatted("", "wanted", "requests", "charged", "delivered", "left", "shared", "gave up"),
                        rows("", here),
                        rows("elsewhere ", elsewhere),
                        new TreeMap<>(faults)
                                .entrySet().stream()
                                        .map(fault -> fault.getKey() + " " + fault.getValue())
                                        .collect(joining(", ")),
                        problems.stream()
                                .limit(MAX_PROBLEMS)
                                .map(problem -> "  " + problem + "\n")
                                .collect(joining()));
    }

    private static String rows(String where, Map<Client, Account> accounts) {
        return accounts.entrySet().stream()
                .map(entry -> row(where + entry.getKey(), entry.getValue()))
                .collect(joining());
    }

    private static String row(String name, Account account) {
        var figures = String.format(
                Locale.ROOT,
                ROW,
                name,
                account.asked(),
                account.requests(),
                account.charged(),
                account.delivered(),
                account.left(),
                account.shared(),
                account.gaveUp());
        return account.errors().entrySet().stream()
                .map(error -> "    %d calls: %s%n".formatted(error.getValue(), error.getKey()))
                .collect(joining("", figures, ""));
    }
}
