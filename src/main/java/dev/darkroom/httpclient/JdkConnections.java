package dev.darkroom.httpclient;

/**
 * How the JDK keeps the connections of its own HTTP client, which the AWS clients use. A native image has the same
 * settings from its build, because the JDK reads them there.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/doc-files/net-properties.html">Networking properties</a>
 */
public final class JdkConnections {

    private JdkConnections() {}

    /** Sets them; the JDK reads them with its first call. */
    public static void configure() {
        // The JDK would close an idle connection after 5 s; a function is often idle for longer.
        System.setProperty("http.keepAlive.time.server", "60");
        // By default the JDK keeps five of a sweep's connections to the table and opens a new one for each other call.
        System.setProperty("http.maxConnections", "64");
        // When a response is closed early, the JDK would read up to 512 KB of its rest to keep the connection. It would
        // do so whatever the time limit of the call: for minutes, when the rest comes byte by byte.
        System.setProperty("http.KeepAlive.remainingData", "0");
    }
}
