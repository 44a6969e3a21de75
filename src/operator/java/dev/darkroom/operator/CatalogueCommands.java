package dev.darkroom.operator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.Suggestion;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code make model}, which writes a model's file, and {@code make models}, which compares all files. */
final class CatalogueCommands {

    private static final String SIMULATED = "From the simulated provider: not a real price.";
    private static final int MICRO = 6;
    private static final int MAX_LISTED = 20;

    private final CatalogueFiles files;
    private final LiveCatalogue live;
    private final PrintStream out;
    private final PrintStream notes;

    CatalogueCommands(CatalogueFiles files, LiveCatalogue live, PrintStream out, PrintStream notes) {
        this.files = files;
        this.live = live;
        this.out = out;
        this.notes = notes;
    }

    /** Makes or updates the file of a model, and prints its path. */
    void write(ModelId id) {
        var models = liveModels();
        var before = Optional.ofNullable(files.contents().get(id.value()));
        var path = before.map(file -> file.path("upstreamPath").asText()).orElse(id.value());
        var model = Optional.ofNullable(models.get(path)).orElseThrow(() -> unknown(path, models));
        refuseWhatCannotBeCalled(model);
        var draft = new ModelFileDraft(model, before);
        var price = new PriceProbe(model, draft.images(), input -> live.price(model.id(), input)).find();
        var written = files.write(id, draft.content(price.rule(), live.isSimulated() ? SIMULATED : ""));
        written.ifPresentOrElse(out::println, () -> notes.printf("The file of %s is right as it is.%n", id));
        model.others().forEach(name -> notes.printf("%s is left out: it is a list or an object.%n", name));
        if (!price.reason().isEmpty()) {
            notes.printf("The price was not changed: %s.%n", price.reason());
        }
        if (before.isEmpty()) {
            notes.println("Read the file, complete sizes and texts, and build: make package or make native.");
        }
    }

    private OperatorException unknown(String path, Map<String, LiveModel> models) {
        var hint = Suggestion.nearest(path, models.keySet())
                .map("; did you mean %s?"::formatted)
                .orElse("");
        return new OperatorException("%s has no model %s%s".formatted(live.provider(), path, hint));
    }

    private static void refuseWhatCannotBeCalled(LiveModel model) {
        if (!model.makesImagesOfText()) {
            throw new OperatorException(
                    "%s makes no images of a text: its type is %s".formatted(model.id(), model.type()));
        }
        model.others().stream().filter(model::requires).findFirst().ifPresent(name -> {
            throw new OperatorException(
                    "%s needs %s, a list or an object, which this gateway does not take".formatted(model.id(), name));
        });
    }

    private Map<String, LiveModel> liveModels() {
        notes.printf("Reading the catalogue of %s.%n", live.provider());
        return live.models().stream().collect(Collectors.toMap(LiveModel::id, Function.identity(), (a, _) -> a));
    }

    /** Prints a line for each difference between a file and the live catalogue. */
    void compare() {
        var models = liveModels();
        var catalogue = files.catalogue();
        var contents = files.contents();
        var lines = new ArrayList<String>();
        contents.forEach((id, file) -> {
            var model = models.get(file.path("upstreamPath").asText());
            var found = model == null
                    ? List.of("the provider does not have it" + retired(file))
                    : differences(file, model, catalogue.find(new ModelId(id)).orElseThrow());
            found.forEach(difference -> lines.add("%s  %s".formatted(id, difference)));
        });
        lines.forEach(out::println);
        notes.printf("%d differences in %d files.%n", lines.size(), contents.size());
        listWithoutFile(models, contents);
    }

    private static String retired(ObjectNode file) {
        return file.has("retiredOn")
                ? ", and its last day is %s".formatted(file.path("retiredOn").asText())
                : "; set retiredOn and a successor, or remove the file";
    }

    private void listWithoutFile(Map<String, LiveModel> models, Map<String, ObjectNode> contents) {
        var paths = contents.values().stream()
                .map(file -> file.path("upstreamPath").asText())
                .collect(Collectors.toSet());
        var others = models.values().stream()
                .filter(LiveModel::makesImagesOfText)
                .map(LiveModel::id)
                .filter(id -> !paths.contains(id))
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            var more = others.size() > MAX_LISTED ? ", …" : "";
            notes.printf(
                    "%d models for images have no file (make model ID=…): %s%s%n",
                    others.size(), String.join(", ", others.subList(0, Math.min(MAX_LISTED, others.size()))), more);
        }
    }

    private List<String> differences(ObjectNode file, LiveModel model, Model ours) {
        var comparison = new ModelDifferences(file, model);
        var differences = new ArrayList<>(comparison.ofParameters());
        comparison.pricedInputs(file.path("price"), file.path("images")).stream()
                .flatMap(input -> priceDifference(input, model, ours).stream())
                .findFirst()
                .ifPresent(differences::add);
        return differences;
    }

    private Optional<String> priceDifference(ObjectNode input, LiveModel model, Model ours) {
        if (!(ours.validate(input.toString()) instanceof Validation.Valid valid)) {
            return Optional.of("price: the file does not take %s".formatted(input));
        }
        var our = ours.price(valid.input());
        var theirs = live.price(model.id(), input);
        return our.equals(theirs) || theirs.isEmpty()
                ? Optional.empty()
                : Optional.of("price of %s: the file has %s, the provider %s"
                        .formatted(input, dollars(our), dollars(theirs)));
    }

    private static String dollars(OptionalLong price) {
        return price.isEmpty()
                ? "none"
                : BigDecimal.valueOf(price.getAsLong(), MICRO)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
