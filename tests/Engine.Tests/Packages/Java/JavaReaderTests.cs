using System.Text;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Java;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages.Java;

public sealed class JavaReaderTests
{
    static PackageEvidence Read(byte[] archive, string path = "app/app.jar") => new JavaReader().Read(new EvidenceFile(path, archive));

    static IEnumerable<string> Names(PackageEvidence evidence) => evidence.Packages.Select(p => $"{p.Name}:{p.Version}");

    [Theory]
    [InlineData("app/a.jar", "PK\x03\x04", true)]
    [InlineData("app/a.jar", "#!/bin/sh", true)]
    [InlineData("app/a.WAR", "PK\x03\x04", true)]
    [InlineData("app/a.ear", "PK\x03\x04", true)]
    [InlineData("plugins/git.hpi", "PK\x03\x04", true)]
    [InlineData("app/a.rar", "Rar!", false)]
    [InlineData("app/a.jar", "", false)]
    [InlineData("app/jar", "PK\x03\x04", false)]
    [InlineData("app/a.zip", "PK\x03\x04", false)]
    [InlineData("jmods/java.base.jmod", "JM\x01", false)]
    public void Files_are_archives_of_Java_by_their_suffix(string path, string head, bool wanted) =>
        Assert.Equal(wanted, new JavaReader().Wants(Encoding.UTF8.GetBytes(path), Encoding.Latin1.GetBytes(head)));

    [Fact]
    public void A_shaded_jar_has_every_artifact_that_it_took_in() => Assert.Equal(
        ["com.example:app:1.0", "org.other:lib-a:2", "org.other:lib-b:3"],
        Names(Read(Zips.Of(Zips.Properties("com.example", "app", "1.0"), Zips.Properties("org.other", "lib-a", "2"), Zips.Properties("org.other", "lib-b", "3")))));

    [Fact]
    public void A_jar_whose_own_coordinates_are_not_among_those_it_took_in_is_named_by_its_manifest() => Assert.Equal(
        ["org.other:lib:2", "com.example:service:1.0"],
        Names(Read(Zips.Of(
            Zips.Properties("org.other", "lib", "2"), Zips.Text("META-INF/MANIFEST.MF", "Automatic-Module-Name: com.example.service", "Implementation-Version: 1.0")), "service-1.0.jar")));

    [Fact]
    public void Pom_xml_counts_where_there_are_no_properties_and_has_the_licences()
    {
        var package = Assert.Single(Read(Zips.Of(Zips.Text("META-INF/maven/g/a/pom.xml",
            "<?xml version='1.0' encoding='ISO-8859-1'?><!DOCTYPE project><project xmlns='http://maven.apache.org/POM/4.0.0'>",
            "<parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>7</version></parent>",
            "<artifactId>thing-${flavour}</artifactId><version>${project.parent.version}.${minor}</version>",
            "<properties><flavour>sweet</flavour><minor>1</minor></properties>",
            "<dependencies><dependency><groupId>wrong</groupId><artifactId>wrong</artifactId><version>0</version></dependency></dependencies>",
            "<licenses><license><name>Apache-2.0</name><url>https://example.org</url></license><license><name>MIT</name></license></licenses></project>"))).Packages);
        Assert.Equal(("maven", "org.example:thing-sweet", "7.1"), (package.Type, package.Name, package.Version));
        Assert.Equal(["Apache-2.0", "MIT"], package.Licences);
    }

    [Theory]
    [InlineData("<project><groupId>g</groupId><artifactId>a</artifactId><version>${revision}</version></project>")]
    [InlineData("<project><artifactId>a</artifactId><version>1</version></project>")]
    [InlineData("<project><groupId>${a}</groupId><artifactId>a</artifactId><version>1</version><properties><a>${b}</a><b>${a}${a}</b></properties></project>")]
    [InlineData("<project><groupId>&lol;</groupId>")]
    [InlineData("<?xml version='1.0' encoding='utf-7'?><project/>")]
    [InlineData("<?xml version='1.0' encoding='big5'?><project/>")]
    [InlineData("<?xml version='1.0' encoding='utf-32'?><project/>")]
    [InlineData("not xml")]
    public void A_pom_that_does_not_say_what_it_is_of_is_noted(string pom)
    {
        var evidence = Read(Zips.Of(Zips.Text("META-INF/maven/g/a/pom.xml", pom)));
        Assert.Empty(evidence.Packages);
        Assert.Equal("app/app.jar: META-INF/maven/g/a does not say which artifact it is of", Assert.Single(evidence.Notes));
    }

    [Theory]
    [InlineData("spring-core-5.3.27.jar", "Implementation-Title: spring-core|Implementation-Version: 5.3.27", "org.springframework:spring-core:5.3.27")]
    [InlineData("commons-lang3.jar", "Bundle-SymbolicName: org.apache.commons.lang3;singleton:=true|Bundle-Version: 3.12.0", "org.apache.commons:commons-lang3:3.12.0")]
    [InlineData("app.jar", "Bundle-SymbolicName: com.fasterxml.jackson.core.jackson-core|Bundle-Version: 2.1|Implementation-Title: jackson-core", "com.fasterxml.jackson.core:jackson-core:2.1")]
    [InlineData("app.jar", "Implementation-Title: service|Implementation-Version: 1.0|Implementation-Vendor-Id: com.example", "com.example:service:1.0")]
    [InlineData("renamed-9.jar", "Implementation-Title: service|Implementation-Version: 1.0|Implementation-Vendor-Id: com.example", "com.example:service:1.0")]
    [InlineData("guava-31.1-jre.jar", "Bundle-SymbolicName: com.google.guava|Bundle-Version: 31.1.0.jre", "com.google.guava:guava:31.1-jre")]
    [InlineData("git.hpi", "Group-Id: org.jenkins-ci.plugins|Short-Name: git|Plugin-Version: 5.2.0|Implementation-Title: git|Implementation-Version: 5.2", "org.jenkins-ci.plugins:git:5.2.0")]
    [InlineData("junit-4.13.2.jar", "Implementation-Title: JUnit|Implementation-Version: 4.13.2", "junit:junit:4.13.2")]
    [InlineData("x-1.2.jar", "", "x:x:1.2")]
    [InlineData(".m2/repository/org/example/x/1.2/x-1.2.jar", "", "org.example:x:1.2")]
    [InlineData(".gradle/caches/modules-2/files-2.1/org.example/x/1.2/0a1b/x-1.2.jar", "", "org.example:x:1.2")]
    [InlineData("x-1.2-sources.jar", "", null)]
    [InlineData("app.jar", "", null)]
    [InlineData("app.jar", "Implementation-Title: My Service|Implementation-Version: ${version}", null)]
    [InlineData("rt.jar", "Implementation-Title: Java Runtime Environment|Implementation-Version: 1.8.0_372", null)]
    public void A_manifest_and_a_file_name_tell_what_a_jar_is(string path, string manifest, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Names(Read(Zips.Of(Zips.Text("META-INF/MANIFEST.MF", ["Manifest-Version: 1.0", .. manifest.Split('|')])), path)));

    [Theory]
    [InlineData("commons-lang3-3.12.0.jar", "commons-lang3", "3.12.0")]
    [InlineData("log4j-1.2-api-2.17.1.jar", "log4j-1.2-api", "2.17.1")]
    [InlineData("scala-library_2.13-3.1.jar", "scala-library_2.13", "3.1")]
    [InlineData("netty-transport-native-epoll-4.1.100.Final-linux-x86_64.jar", "netty-transport-native-epoll", "4.1.100.Final")]
    [InlineData("guava-31.1-jre.jar", "guava", "31.1-jre")]
    [InlineData("x-1.0-20230101.123456-1.jar", "x", "1.0-20230101.123456-1")]
    [InlineData("x-1.0-beta-2-SNAPSHOT.war", "x", "1.0-beta-2-SNAPSHOT")]
    [InlineData("bcprov-jdk15on-1.70.jar", "bcprov-jdk15on", "1.70")]
    [InlineData("jsr305.jar", "jsr305", null)]
    [InlineData("-1.jar", "-1", null)]
    public void A_file_name_has_a_name_a_version_and_a_classifier(string file, string name, string? version) =>
        Assert.Equal(new JarName(name, version), JarName.Of($"lib/{file}", []));

    [Fact]
    public void A_manifest_goes_on_after_line_breaks_and_ends_with_its_main_section()
    {
        var manifest = new Manifest("Manifest-Version: 1.0\nBundle-License: Apache-2.0;link=\"https://e\r\n xample.org/l\", http://www.opensource.org/licenses/mit\r\nimplementation-version: 1.\n 2\n\nName: a/B.class\nBundle-SymbolicName: wrong\n"u8);
        Assert.Equal("1.2", Assert.Single(manifest.Versions));
        Assert.Equal(["Apache-2.0", "http://www.opensource.org/licenses/mit"], manifest.Licences);
        Assert.Null(manifest["Bundle-SymbolicName"]);
    }

    [Fact]
    public void A_script_in_front_of_a_jar_does_no_harm()
    {
        byte[] script = [.. "#!/bin/sh\nexec java -jar \"$0\" \"$@\"\n"u8, .. Zips.Stored(("BOOT-INF/lib/a-1.jar", Zips.Jar("g", "a", "1")), Zips.Properties("com.example", "app", "1"))];
        Assert.Equal(["com.example:app:1", "g:a:1"], Names(Read(script)));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Jars_inside_archives_have_the_path_that_leads_to_them()
    {
        var jar = await JavaSamples.Jar("commons-lang3.jar");
        var guava = await JavaSamples.Jar("guava.jar");
        var boot = Zips.Stored(("BOOT-INF/lib/commons-lang3-3.jar", jar), ("BOOT-INF/lib/guava-31.jar", guava), ("BOOT-INF/classes/com/example/A.class", [1]));
        var ear = Zips.Of(("lib/shared.jar", jar), ("web.war", Zips.Of(("WEB-INF/lib/guava.jar", guava), ("WEB-INF/lib/boot.jar", boot))), Zips.Text("META-INF/application.xml", "<application/>"));
        var evidence = Read(ear, "srv/shop.ear");
        Assert.Empty(evidence.Notes);
        Assert.Equal(
            ["lib/shared.jar commons-lang3", "web.war!/WEB-INF/lib/boot.jar!/BOOT-INF/lib/commons-lang3-3.jar commons-lang3",
                "web.war!/WEB-INF/lib/boot.jar!/BOOT-INF/lib/guava-31.jar guava", "web.war!/WEB-INF/lib/guava.jar guava"],
            evidence.Packages.Where(p => p.Name is "org.apache.commons:commons-lang3" or "com.google.guava:guava").Select(p => $"{p.Inside} {p.Name.Split(':')[1]}").Order());
    }

    [Fact]
    public void A_jar_in_a_layer_is_reported_with_where_it_is()
    {
        var layer = new TestLayer().File("app/app.jar", Zips.Stored(("BOOT-INF/lib/a-1.jar", Zips.Jar("g", "a", "1")))).Index();
        var package = Assert.Single(PackageHistory.Of([layer], Engine.Files.FileTree.Of([layer], Engine.Archives.Limits.Default), new OsRelease("debian", "12", "Debian 12")));
        Assert.Equal("app/app.jar!/BOOT-INF/lib/a-1.jar", Assert.Single(package.Locations));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("google-closure-compiler-java", "compiler.jar")]
    [InlineData("vnu-jar", "build/dist/vnu.jar")]
    public async Task A_real_shaded_jar_has_the_artifacts_that_unzip_lists(string package, string jar)
    {
        Tool.SkipWithout("unzip");
        var path = Path.Combine(await JavaSamples.Npm(package), jar);
        var listed = (await Tool.Run("unzip", ["-p", path, "META-INF/maven/*/pom.properties"])).Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.StartsWith("artifactId=", StringComparison.Ordinal)).Select(line => line["artifactId=".Length..]).ToList();
        var found = Read(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), path).Packages.Select(p => p.Name.Split(':')[1]).ToList();
        Assert.True(listed.Count >= 5, "there is too little to compare with");
        Assert.Equal(listed.Order(StringComparer.Ordinal), found.Intersect(listed).Order(StringComparer.Ordinal));
        Assert.True(found.Count <= listed.Count + 1, "more than itself was added");
    }
}
