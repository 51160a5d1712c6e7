namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// The groups of widespread artifacts whose builds write no coordinates into the jar (Gradle, Ant, sbt, Bazel), and whose manifests do not
/// tell the group: as Maven Central lists them.
/// </summary>
internal static class KnownGroups
{
    /// <summary>By the artifact, or by how it begins where the key ends with a hyphen. The longest key counts.</summary>
    static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["aspectjrt"] = "org.aspectj", ["aspectjweaver"] = "org.aspectj",
        ["ant"] = "org.apache.ant", ["ant-"] = "org.apache.ant",
        ["asm"] = "org.ow2.asm", ["asm-"] = "org.ow2.asm",
        ["batik-"] = "org.apache.xmlgraphics",
        ["bcprov-"] = "org.bouncycastle", ["bcpkix-"] = "org.bouncycastle", ["bcutil-"] = "org.bouncycastle", ["bcpg-"] = "org.bouncycastle",
        ["bctls-"] = "org.bouncycastle", ["bcmail-"] = "org.bouncycastle",
        ["byte-buddy"] = "net.bytebuddy", ["byte-buddy-"] = "net.bytebuddy",
        ["caffeine"] = "com.github.ben-manes.caffeine",
        ["commons-beanutils"] = "commons-beanutils", ["commons-codec"] = "commons-codec", ["commons-collections"] = "commons-collections",
        ["commons-io"] = "commons-io", ["commons-lang"] = "commons-lang", ["commons-logging"] = "commons-logging",
        ["clojure"] = "org.clojure",
        ["fop"] = "org.apache.xmlgraphics", ["fop-"] = "org.apache.xmlgraphics",
        ["freemarker"] = "org.freemarker",
        ["groovy"] = "org.codehaus.groovy", ["groovy-"] = "org.codehaus.groovy",
        ["grpc-"] = "io.grpc",
        ["gson"] = "com.google.code.gson",
        ["guava"] = "com.google.guava",
        ["gradle-"] = "org.gradle",
        ["guice"] = "com.google.inject", ["guice-"] = "com.google.inject.extensions",
        ["h2"] = "com.h2database",
        ["hibernate-core"] = "org.hibernate.orm",
        ["jaxb-core"] = "org.glassfish.jaxb", ["jaxb-jxc"] = "org.glassfish.jaxb", ["jaxb-runtime"] = "org.glassfish.jaxb", ["jaxb-xjc"] = "org.glassfish.jaxb",
        ["jcommander"] = "com.beust",
        ["jna"] = "net.java.dev.jna", ["jna-platform"] = "net.java.dev.jna",
        ["jsch"] = "com.jcraft",
        ["junit-jupiter"] = "org.junit.jupiter", ["junit-jupiter-"] = "org.junit.jupiter", ["junit-platform-"] = "org.junit.platform",
        ["junit-vintage-"] = "org.junit.vintage",
        ["kafka-clients"] = "org.apache.kafka",
        ["kotlin-"] = "org.jetbrains.kotlin", ["kotlinx-"] = "org.jetbrains.kotlinx",
        ["lettuce-core"] = "io.lettuce",
        ["log4j"] = "log4j", ["log4j-"] = "org.apache.logging.log4j",
        ["lucene-"] = "org.apache.lucene",
        ["micrometer-"] = "io.micrometer",
        ["mockito-"] = "org.mockito",
        ["protobuf-"] = "com.google.protobuf",
        ["mssql-jdbc"] = "com.microsoft.sqlserver",
        ["netty-"] = "io.netty",
        ["okhttp"] = "com.squareup.okhttp3", ["okhttp-"] = "com.squareup.okhttp3", ["logging-interceptor"] = "com.squareup.okhttp3",
        ["okio"] = "com.squareup.okio", ["okio-"] = "com.squareup.okio",
        ["opentelemetry-"] = "io.opentelemetry",
        ["perfmark-"] = "io.perfmark",
        ["postgresql"] = "org.postgresql",
        ["reactor-"] = "io.projectreactor", ["reactor-netty"] = "io.projectreactor.netty", ["reactor-netty-"] = "io.projectreactor.netty",
        ["retrofit"] = "com.squareup.retrofit2", ["converter-"] = "com.squareup.retrofit2",
        ["scala-library"] = "org.scala-lang", ["scala-reflect"] = "org.scala-lang", ["scala-compiler"] = "org.scala-lang", ["scala3-"] = "org.scala-lang",
        ["slf4j-"] = "org.slf4j", ["jul-to-slf4j"] = "org.slf4j", ["jcl-over-slf4j"] = "org.slf4j",
        ["snakeyaml"] = "org.yaml",
        ["spring-"] = "org.springframework", ["spring-batch-"] = "org.springframework.batch", ["spring-boot"] = "org.springframework.boot",
        ["spring-boot-"] = "org.springframework.boot", ["spring-cloud-"] = "org.springframework.cloud", ["spring-data-"] = "org.springframework.data",
        ["spring-integration-"] = "org.springframework.integration", ["spring-kafka"] = "org.springframework.kafka",
        ["spring-rabbit"] = "org.springframework.amqp", ["spring-amqp"] = "org.springframework.amqp", ["spring-retry"] = "org.springframework.retry",
        ["spring-security-"] = "org.springframework.security", ["spring-session-"] = "org.springframework.session", ["spring-ws-"] = "org.springframework.ws",
        ["tomcat-"] = "org.apache.tomcat", ["tomcat-embed-"] = "org.apache.tomcat.embed",
        ["xalan"] = "xalan",
    };

    /// <summary>Null where the artifact is none of them.</summary>
    public static string? Of(string artifact, string version)
    {
        if (artifact.StartsWith("groovy", StringComparison.Ordinal) && version[0] is '4' or '5')
            return "org.apache.groovy";
        if (Groups.TryGetValue(artifact, out var group))
            return group;
        for (var end = artifact.LastIndexOf('-'); end > 0; end = artifact.LastIndexOf('-', end - 1))
            if (Groups.TryGetValue(artifact[..(end + 1)], out group))
                return group;
        return null;
    }
}
