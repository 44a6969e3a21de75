package dev.darkroom.http.openai.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.darkroom.core.catalogue.ListModels.Listed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The list of the models. */
@RegisterForReflection
public record ModelsAnswer(String object, List<Model> data) {

    private static final ObjectWriter LIST = OpenAiDialect.writerFor(ModelsAnswer.class);
    private static final ObjectWriter ONE = OpenAiDialect.writerFor(Model.class);

    /**
     * One of them.
     *
     * @param created in seconds since 1970; always 0, because nothing says when a model was made
     * @param ownedBy the first name of the model that draws
     */
    @RegisterForReflection
    record Model(
            String id,
            String object,
            long created,
            @JsonProperty("owned_by") String ownedBy) {

        static Model of(Listed listed) {
            var drawing = listed.drawnBy().value();
            return new Model(listed.id().value(), "model", 0, drawing.substring(0, drawing.indexOf('/')));
        }
    }

    /** The body of the list, JSON. */
    public static String json(List<Listed> models) {
        return OpenAiDialect.write(
                LIST, new ModelsAnswer("list", models.stream().map(Model::of).toList()));
    }

    /** The body of one, JSON. */
    public static String json(Listed model) {
        return OpenAiDialect.write(ONE, Model.of(model));
    }
}
