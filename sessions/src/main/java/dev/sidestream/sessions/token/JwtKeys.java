package dev.sidestream.sessions.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the settings. Offers each only for algorithms of its own kind, so that no public key ever serves as a secret, and
 * only where its length or curve is the algorithm's, so that one which cannot be tried never hides another that fits.
 */
final class JwtKeys implements JWSKeySelector<SecurityContext> {

    /** Bytes. RFC 7518, section 3.2: a key as long as the hash. */
    private static final Map<JWSAlgorithm, Integer> SECRETS =
            Map.of(JWSAlgorithm.HS256, 32, JWSAlgorithm.HS384, 48, JWSAlgorithm.HS512, 64);

    private static final int SHORTEST = Collections.min(SECRETS.values());

    private final List<Key> keys = new ArrayList<>();

    JwtKeys(List<String> secrets, List<String> publicKeys) {
        secrets.forEach(secret -> keys.add(secret(secret)));
        publicKeys.forEach(pem -> keys.add(publicKey(pem)));
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    @Override
    public List<? extends Key> selectJWSKeys(JWSHeader header, @Nullable SecurityContext context) {
        JWSAlgorithm algorithm = header.getAlgorithm();
        return keys.stream().filter(key -> fits(key, algorithm)).toList();
    }

    private static boolean fits(Key key, JWSAlgorithm algorithm) {
        return switch (key) {
            case RSAPublicKey rsa -> JWSAlgorithm.Family.RSA.contains(algorithm);
            case ECPublicKey ec -> isOnCurveOf(ec, algorithm);
            case SecretKeySpec secret ->
                secret.getEncoded().length >= SECRETS.getOrDefault(algorithm, Integer.MAX_VALUE);
            default -> false;
        };
    }

    private static boolean isOnCurveOf(ECPublicKey key, JWSAlgorithm algorithm) {
        Set<Curve> curves = JWSAlgorithm.Family.EC.contains(algorithm) ? Curve.forJWSAlgorithm(algorithm) : null;
        Curve curve = Curve.forECParameterSpec(key.getParams());
        return curves != null && curve != null && curves.contains(curve);
    }

    private static Key secret(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException("sidestream.session.jwt.secrets holds a secret of " + bytes.length
                    + " bytes; each must have " + SHORTEST + " or more");
        }
        return new SecretKeySpec(bytes, "HMAC");
    }

    private static PublicKey publicKey(String pem) {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                X509EncodedKeySpec spec =
                        new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
                return KeyFactory.getInstance(algorithm).generatePublic(spec);
            } catch (GeneralSecurityException | IllegalArgumentException another) {
                // the next one, or it is no key
            }
        }
        throw new IllegalArgumentException(
                "sidestream.session.jwt.public-keys holds what is no public key; each must be an"
                        + " RSA or EC key in PEM, beginning with -----BEGIN PUBLIC KEY-----");
    }
}
