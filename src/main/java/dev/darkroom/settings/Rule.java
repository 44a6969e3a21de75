package dev.darkroom.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The rule for the value of an environment variable.
 *
 * @param allowed whether a value is valid; never called with an empty value
 * @param description the rest of the sentence after "must be"
 * @param needed whether an empty value is wrong, too; a variable that is not set has its default
 * @param shown whether a wrong value may be repeated, because it is not a secret and cannot contain one
 */
public record Rule(String variable, Predicate<String> allowed, String description, boolean needed, boolean shown) {

    private static final int MAX_SHOWN = 60;

    /** A whole number from {@code least} to {@code most}. */
    public static Rule number(String variable, int least, int most) {
        var form = Pattern.compile("\\d{1,9}");
        return new Rule(
                variable,
                value -> form.matcher(value).matches()
                        && Integer.parseInt(value) >= least
                        && Integer.parseInt(value) <= most,
                "a whole number from %d to %d".formatted(least, most),
                true,
                true);
    }

    /** An ISO-8601 duration from {@code least} to {@code most}. */
    public static Rule duration(String variable, Duration least, Duration most) {
        return new Rule(
                variable,
                value -> isBetween(value, least, most),
                "an ISO-8601 duration from %s to %s".formatted(days(least), days(most)),
                true,
                true);
    }

    private static boolean isBetween(String value, Duration least, Duration most) {
        try {
            var duration = Duration.parse(value);
            return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
        } catch (DateTimeException | ArithmeticException _) {
            return false;
        }
    }

    /** In whole days where possible: P8D and not PT192H. */
    private static String days(Duration duration) {
        return duration.toDays() > 0 && duration.equals(Duration.ofDays(duration.toDays()))
                ? "P%dD".formatted(duration.toDays())
                : duration.toString();
    }

    /** A text that the regular expression {@code form} matches. */
    public static Rule text(String variable, String form, String description) {
        return new Rule(variable, value -> value.matches(form), description, true, true);
    }

    static Rule oneOf(String variable, String... values) {
        return new Rule(
                variable, List.of(values)::contains, "one of " + String.join(", ", Arrays.asList(values)), true, true);
    }

    /** An http or https URL without user, query and fragment. */
    public static Rule address(String variable) {
        return new Rule(
                variable,
                Rule::isAddress,
                "an absolute http or https URL without user, query and fragment",
                true,
                false);
    }

    private static boolean isAddress(String value) {
        try {
            var address = new URI(value);
            var scheme = String.valueOf(address.getScheme());
            return (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
                    && address.getHost() != null
                    && address.getPort() < 65_536
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null
                    && value.chars().allMatch(Rule::isVisible);
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /** A secret that may have blanks and line breaks around it. */
    public static Rule secret(String variable) {
        return secret(variable, "visible ASCII characters without a blank or ${", value -> isSecret(value.strip()));
    }

    /** A secret of at least {@code length} characters. */
    public static Rule secret(String variable, int length) {
        return secret(
                variable,
                "at least %d visible ASCII characters without a blank or ${".formatted(length),
                value -> isSecret(value.strip()) && value.strip().length() >= length);
    }

    /** One secret, or two while one replaces the other; {@code prefix} alone is none. */
    public static Rule secrets(String variable, String prefix) {
        return secret(
                variable,
                "one secret, or two with a comma between them, of visible ASCII characters without ${",
                value -> {
                    var secrets = List.of(value.strip().split("[\\s,]+"));
                    return secrets.size() <= 2
                            && secrets.stream().allMatch(secret -> isSecret(secret) && !secret.equals(prefix));
                });
    }

    private static Rule secret(String variable, String description, Predicate<String> allowed) {
        return new Rule(variable, value -> value.isBlank() || allowed.test(value), description, false, false);
    }

    /** In the settings the text "${" begins an expression. */
    private static boolean isSecret(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(Rule::isVisible)
                && !value.contains("${")
                && !value.contains("\\$");
    }

    private static boolean isVisible(int character) {
        return character > ' ' && character < 0x7F;
    }

    /** The same rule for a setting that may be empty, as if it were not set. */
    public Rule orEmpty() {
        return new Rule(variable, allowed, description, false, shown);
    }

    /** What is wrong with a value, a sentence; empty when nothing is. */
    Optional<String> problem(String value) {
        if (value.isEmpty() ? !needed : allowed.test(value)) {
            return Optional.empty();
        }
        var said = value.isEmpty() ? ", not empty" : shown ? ", not " + printable(value) : "";
        return Optional.of("%s must be %s%s".formatted(variable, description, said));
    }

    private static String printable(String value) {
        var shortened = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
        return shortened.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
