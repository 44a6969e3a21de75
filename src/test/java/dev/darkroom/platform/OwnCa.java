package dev.darkroom.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that no trust store contains, and a certificate for localhost that it signed. */
record OwnCa(Path folder) {

    private static final String PASSWORD = "changeit";

    /** Creates both with the JDK's keytool. */
    static OwnCa in(Path folder) throws IOException, InterruptedException {
        var ca = new OwnCa(folder);
        ca.keytool("-genkeypair -alias ca -dname CN=ca -keyalg EC -ext bc:c=ca:true -keystore ca.p12");
        ca.keytool("-genkeypair -alias server -dname CN=localhost -keyalg EC -keystore server.p12");
        ca.keytool("-certreq -alias server -keystore server.p12 -file server.csr");
        ca.keytool("-gencert -alias ca -keystore ca.p12 -infile server.csr -outfile server.crt -ext san=dns:localhost");
        ca.keytool("-exportcert -alias ca -keystore ca.p12 -file ca.crt");
        ca.keytool("-importcert -noprompt -alias ca -keystore server.p12 -file ca.crt");
        ca.keytool("-importcert -noprompt -alias server -keystore server.p12 -file server.crt");
        ca.keytool("-importcert -noprompt -alias ca -keystore trusted.p12 -file ca.crt");
        return ca;
    }

    /** A trust store that contains only this authority. */
    Path trustStore() {
        return folder.resolve("trusted.p12");
    }

    String password() {
        return PASSWORD;
    }

    ServerSocketFactory serverSockets() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private void keytool(String arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments.split(" ", -1)));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        var log = folder.resolve("keytool.log").toFile();
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(log.toPath()));
        }
    }
}
