package dev.darkroom.infra;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of environment variables that the code reads. */
final class ConfigurationKeys {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");

    private ConfigurationKeys() {}

    static Set<String> of(Path project, JavaClasses classes) throws IOException {
        var properties = Files.readString(project.resolve("src/main/resources/application.properties"));
        var named = EXPRESSION.matcher(properties).results().map(match -> match.group(1));
        var mapped = classes.stream()
                .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                .flatMap(ConfigurationKeys::variables);
        return Stream.concat(named, mapped).collect(Collectors.toUnmodifiableSet());
    }

    /** Of each setting the one variable that is meant for it. */
    static Set<String> settable(Path project, JavaClasses classes) throws IOException {
        var properties = new Properties();
        try (var file = Files.newBufferedReader(project.resolve("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        return classes.stream()
                .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                .flatMap(ConfigurationKeys::keys)
                .map(key -> {
                    var expression = EXPRESSION.matcher(properties.getProperty(key, ""));
                    return expression.find() ? expression.group(1) : variable(key);
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> variables(JavaClass mapping) {
        return keys(mapping).map(ConfigurationKeys::variable);
    }

    private static Stream<String> keys(JavaClass mapping) {
        var prefix = mapping.getAnnotationOfType(ConfigMapping.class).prefix();
        return mapping.getMethods().stream()
                .map(JavaMethod::getName)
                .map(method ->
                        prefix + '.' + method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
