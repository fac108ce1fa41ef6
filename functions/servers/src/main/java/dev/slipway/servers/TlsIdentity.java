package dev.slipway.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server's key and the certificate it signs itself, made for a test: for 127.0.0.1 and localhost, for a day.
 *
 * @param store the certificate and the key as PKCS #12, with the password {@link #PASSWORD}: what a client may trust
 */
public record TlsIdentity(Path certificate, Path key, Path store) {
    /** Of a key that exists for as long as a test. */
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "server";

    /** Makes one in the folder. */
    public static TlsIdentity make(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path store = folder.resolve("identity.p12").toAbsolutePath();
        Command.run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-validity",
                        "1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost",
                        "-ext",
                        "BC=ca:true",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString()),
                "");
        try {
            KeyStore keys = load(store);
            Key key = keys.getKey(ALIAS, PASSWORD.toCharArray());
            return new TlsIdentity(
                    pem(
                            folder.resolve("server.crt"),
                            "CERTIFICATE",
                            keys.getCertificate(ALIAS).getEncoded()),
                    pem(folder.resolve("server.key"), "PRIVATE KEY", key.getEncoded()),
                    store);
        } catch (GeneralSecurityException e) {
            throw new IOException("keytool wrote a store that cannot be read", e);
        }
    }

    /** Lines of redis.conf. */
    List<String> configuration(int port) {
        return List.of(
                "tls-port " + port,
                "tls-cert-file \"" + certificate + "\"",
                "tls-key-file \"" + key + "\"",
                "tls-ca-cert-file \"" + certificate + "\"",
                "tls-auth-clients no");
    }

    /** One that trusts this server. */
    Socket socket() throws IOException {
        return trust().getSocketFactory().createSocket();
    }

    /** Trusts this server, and no other. */
    public SSLContext trust() throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, load(store).getCertificate(ALIAS));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Shows this certificate, for a server within this process. */
    public SSLContext serve() throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(store), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static Path pem(Path file, String what, byte[] der) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String text = "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
        return Files.writeString(file, text, StandardCharsets.US_ASCII).toAbsolutePath();
    }
}
