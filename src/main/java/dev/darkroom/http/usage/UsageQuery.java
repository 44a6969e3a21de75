package dev.darkroom.http.usage;

import dev.darkroom.core.account.Caller;
import dev.darkroom.core.account.KeyRole;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.usage.CountedNames;
import dev.darkroom.core.usage.GroupBy;
import dev.darkroom.core.usage.ReadUsage.Question;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.QueryParameters;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the query of a report. */
final class UsageQuery {

    private static final String START = "start_date";
    private static final String END = "end_date";
    private static final String GROUP = "group_by";

    /** A year has four digits; {@link LocalDate} reads further ones, up to the last that it has. */
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private static final Set<String> NAMES = Set.of(START, END, GROUP);

    /** The result of {@link #read}. */
    sealed interface Result {

        /** {@code groupBy} is as it was sent. */
        record Read(Question question, String groupBy) implements Result {}

        record Refused(List<Violation> violations) implements Result {}
    }

    private final ApiGatewayRequest request;
    private final List<Violation> violations = new ArrayList<>();

    private UsageQuery(ApiGatewayRequest request) {
        this.request = request;
    }

    /** A key with the role {@code admin} asks about all owners, any other about its own. */
    static Result read(ApiGatewayRequest request, Caller caller, CountedNames names) {
        return new UsageQuery(request).read(caller, names);
    }

    private Result read(Caller caller, CountedNames names) {
        violations.addAll(QueryParameters.unknown(NAMES, request));
        var from = day(START);
        var until = day(END);
        var text = request.queryParameters().contains(GROUP) ? value(GROUP).orElse("") : "day";
        var groupBy = groupBy(text, names);
        if (from.isPresent() && until.isPresent() && !Question.isValid(from.get(), until.get())) {
            violations.add(new Violation(END, "must be the same day or up to 99 days later than " + START));
        }
        if (from.isEmpty() || until.isEmpty() || groupBy.isEmpty() || !violations.isEmpty()) {
            return new Result.Refused(violations);
        }
        Optional<Owner> owner = caller.role().includes(KeyRole.ADMIN) ? Optional.empty() : Optional.of(caller.owner());
        return new Result.Read(new Question(from.get(), until.get(), groupBy.get(), owner), text);
    }

    /** What is wrong with a query whose days could not be read before its caller has to be answered. */
    static Violation tooLong(Question question) {
        return new Violation(
                END,
                "must be nearer to %s: the usage of %d days is too much to be read in time; ask for %d days or fewer"
                        .formatted(START, question.days(), question.days() / 2));
    }

    private Optional<GroupBy> groupBy(String text, CountedNames names) {
        var parsed = GroupBy.parse(text);
        boolean isCounted = !(parsed.orElse(null) instanceof GroupBy.Noted(var name))
                || names.names().contains(name);
        if (parsed.isEmpty()) {
            violations.add(new Violation(GROUP, "must be day, owner, key, model, or metadata. and a name"));
        } else if (!isCounted) {
            violations.add(new Violation(
                    GROUP, "names metadata that is not counted: the gateway's setting usageMetadata lists the names"));
        }
        return parsed;
    }

    private Optional<LocalDate> day(String name) {
        var text = value(name);
        try {
            if (text.isEmpty()) {
                violations.add(new Violation(name, "is required, a day such as 2026-11-23"));
                return Optional.empty();
            }
            if (DAY.matcher(text.get()).matches()) {
                return Optional.of(LocalDate.parse(text.get()));
            }
        } catch (DateTimeException _) {
            // The month has no such day.
        }
        violations.add(new Violation(name, "must be a day such as 2026-11-23"));
        return Optional.empty();
    }

    /** The last one, if it is sent several times, is no more right than the first. */
    private Optional<String> value(String name) {
        var values = request.queryValues(name);
        if (values.size() > 1) {
            violations.add(new Violation(name, "must be sent once"));
        }
        return values.stream().findFirst();
    }
}
