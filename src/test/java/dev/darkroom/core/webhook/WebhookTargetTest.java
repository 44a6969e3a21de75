package dev.darkroom.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTargetTest {

    private static final WebhookTarget TARGET = new WebhookTarget(
            WebhookForm.STANDARD,
            Set.of(WebhookEvent.FAILED, WebhookEvent.COMPLETED),
            new WebhookTarget.Address(URI.create("https://example.com/hook?token=s3cret")));

    @Test
    void itIsReadAsItIsStored() {
        assertThat(TARGET.text()).isEqualTo("standard completed,failed url:https://example.com/hook?token=s3cret");
        assertThat(WebhookTarget.parse(TARGET.text())).isEqualTo(TARGET);
    }

    @Test
    void anEndpointIsReadAsItIsStored() {
        var endpoint = new WebhookTarget(
                WebhookForm.PROVIDER,
                WebhookTarget.ALL,
                new WebhookTarget.Endpoint(new EndpointId("we_" + "0a".repeat(16))));

        assertThat(WebhookTarget.parse(endpoint.text())).isEqualTo(endpoint);
    }

    @Test
    void itsAddressIsNotLogged() {
        assertThat(TARGET.toString()).contains("example.com").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "standard", "standard all url:https://a.example", "other failed url:https://a.example"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookTarget.parse(text));
    }
}
