package dev.darkroom.infra;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of the functions: their keys in the code, and the environment variables that set them. */
final class ConfigurationKeys {

    /** Settings that Quarkus and Lambda name themselves, by our key. */
    private static final Map<String, String> NAMED_BY_OTHERS = Map.of(
            "darkroom.function.handler", "QUARKUS_LAMBDA_HANDLER",
            "darkroom.function.initialization-type", "AWS_LAMBDA_INITIALIZATION_TYPE",
            "darkroom.aws.region", "AWS_REGION");

    private static final String PROPERTIES = "src/main/resources/application.properties";

    private ConfigurationKeys() {}

    /** The keys of all mappings. */
    static Set<String> keys(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                .flatMap(ConfigurationKeys::keys)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The one variable of each key. */
    static Set<String> variables(JavaClasses classes) {
        return keys(classes).stream().map(ConfigurationKeys::variable).collect(Collectors.toUnmodifiableSet());
    }

    /** The rule, and its only exceptions: {@code darkroom.table.name} is set by {@code DARKROOM_TABLE_NAME}. */
    static String variable(String key) {
        return NAMED_BY_OTHERS.getOrDefault(
                key, key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    }

    static Set<String> namedByOthers() {
        return NAMED_BY_OTHERS.keySet();
    }

    /** The keys whose value comes from somewhere else than their own variable, or is fixed. */
    static Set<String> redirected(Path project) throws IOException {
        var properties = new Properties();
        try (var file = Files.newBufferedReader(project.resolve(PROPERTIES))) {
            properties.load(file);
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("darkroom."))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> keys(JavaClass mapping) {
        var prefix = mapping.getAnnotationOfType(ConfigMapping.class).prefix();
        return mapping.getMethods().stream()
                .map(JavaMethod::getName)
                .map(method ->
                        prefix + '.' + method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }
}
