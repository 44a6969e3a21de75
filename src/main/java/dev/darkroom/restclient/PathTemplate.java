package dev.darkroom.restclient;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.RestClientDefinitionException;
import org.jspecify.annotations.Nullable;

/**
 * A path with variables. The value of {@code {name}} is one segment: slashes are encoded as well. The value of {@code
 * {name: regex}} has to match, and its slashes stay.
 */
final class PathTemplate {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\s*([\\w.-]+)\\s*(?::\\s*([^{}]+?)\\s*)?}");

    /** Text, and after it the value of an argument, if any. */
    private record Piece(
            String text, int argument, @Nullable Pattern allowed) {}

    private final List<Piece> pieces;

    private PathTemplate(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /**
     * Throws {@link RestClientDefinitionException} unless each variable has an argument, and each argument a variable.
     *
     * @param arguments the numbers of the arguments, by the names of their variables
     */
    static PathTemplate of(String template, Map<String, Integer> arguments) {
        var pieces = new ArrayList<Piece>();
        var unused = new HashSet<>(arguments.keySet());
        var variables = VARIABLE.matcher(template);
        int at = 0;
        while (variables.find()) {
            var argument = arguments.get(variables.group(1));
            if (argument == null) {
                throw new RestClientDefinitionException("no parameter is the variable " + variables.group());
            }
            unused.remove(variables.group(1));
            var regex = variables.group(2);
            pieces.add(new Piece(
                    literal(template.substring(at, variables.start())),
                    argument,
                    regex == null ? null : Pattern.compile(regex)));
            at = variables.end();
        }
        if (!unused.isEmpty()) {
            throw new RestClientDefinitionException("no variable of the path is named " + unused);
        }
        pieces.add(new Piece(literal(template.substring(at)), -1, null));
        return new PathTemplate(List.copyOf(pieces));
    }

    private static String literal(String text) {
        if (text.contains("{") || text.contains("}")) {
            throw new RestClientDefinitionException("a path has a brace that belongs to no variable: " + text);
        }
        return PercentEncoding.ofSegments(text);
    }

    /** Appends the path below another one. Throws {@link IllegalArgumentException} for a value that does not match. */
    void appendTo(StringBuilder address, @Nullable String base, @Nullable Object[] arguments) {
        if (base != null) {
            address.append(base, 0, base.endsWith("/") ? base.length() - 1 : base.length());
        }
        for (var piece : pieces) {
            address.append(piece.text());
            if (piece.argument() >= 0) {
                address.append(value(piece, arguments[piece.argument()]));
            }
        }
    }

    private static String value(Piece piece, @Nullable Object argument) {
        if (argument == null) {
            throw new IllegalArgumentException("a variable of the path has no value");
        }
        var value = argument.toString();
        var allowed = piece.allowed();
        if (allowed == null) {
            return PercentEncoding.of(value);
        }
        if (!allowed.matcher(value).matches()) {
            throw new IllegalArgumentException("a variable of the path has another form");
        }
        return PercentEncoding.ofSegments(value);
    }
}
