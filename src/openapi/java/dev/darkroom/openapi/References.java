package dev.darkroom.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The references within a document, all of which are to its components. */
record References(JsonNode root) {

    private static final String COMPONENTS = "#/components/";

    /** Security schemes are used by their names. */
    private static final String USED_BY_NAME = "securitySchemes";

    List<String> problems() {
        var used = new TreeSet<>(root.findValuesAsText("$ref"));
        var problems = new ArrayList<String>();
        used.stream()
                .filter(reference -> !reference.startsWith(COMPONENTS)
                        || root.at(JsonPointer.compile(reference.substring(1))).isMissingNode())
                .map("%s leads nowhere"::formatted)
                .forEach(problems::add);
        existing().stream()
                .filter(component -> !used.contains(component))
                .map("%s is used by nothing"::formatted)
                .forEach(problems::add);
        return problems;
    }

    private Set<String> existing() {
        var existing = new TreeSet<String>();
        root.path("components").properties().stream()
                .filter(kind -> !kind.getKey().equals(USED_BY_NAME))
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> existing.add(COMPONENTS + kind.getKey() + "/" + name)));
        return existing;
    }
}
