using Plimsoll.Engine;

namespace Plimsoll.Cli.Tests;

/// <summary>What a word after -o means.</summary>
public sealed class OutputNameTests
{
    [Theory]
    [InlineData("web.tar", "DockerArchive")]
    [InlineData("./out/web.TAR", "DockerArchive")]
    [InlineData("web.oci", "OciArchive")]
    [InlineData("/tmp/web.oci.tar", "OciArchive")]
    [InlineData("web/", "OciLayout")]
    [InlineData("./web", "OciLayout")]
    [InlineData("../web", "OciLayout")]
    [InlineData("/tmp/web", "OciLayout")]
    [InlineData(".", "OciLayout")]
    [InlineData("-", "Stream")]
    [InlineData("shop/web:1", "Registry")]
    [InlineData("localhost:5000/web", "Registry")]
    [InlineData("registry.example/shop/web:1.tar-2", "Registry")]
    public void A_word_says_what_is_written(string name, string kind) => Assert.Equal(kind, OutputName.Read(name).GetType().Name);

    [Fact]
    public void An_existing_directory_needs_no_slash()
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll-test-");
        Assert.Equal(new ImageTarget.OciLayout(folder.FullName), OutputName.Read(folder.FullName));
        folder.Delete();
    }

    [Theory]
    [InlineData("web", "would be docker.io/library/web:latest")]
    [InlineData("debian:12", "would be docker.io/library/debian:12")]
    [InlineData("web.tar.gz", "ends in .tar (docker) or .oci (OCI)")]
    [InlineData("web.tgz", "ends in .tar (docker) or .oci (OCI)")]
    [InlineData("~/web", "the shell did not replace the ~")]
    [InlineData("Shop/Web", "is no output")]
    [InlineData("", "is no output")]
    [InlineData("https://registry.example/web", "is no output")]
    [InlineData("shop/web@sha256:0000000000000000000000000000000000000000000000000000000000000000", "give a tag")]
    public void What_can_be_none_is_refused_with_what_can(string name, string reason)
    {
        var error = Assert.Throws<FormatException>(() => OutputName.Read(name));
        Assert.Contains(reason, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_password_is_not_repeated() => Assert.DoesNotContain("s3cret", Assert.Throws<FormatException>(() => OutputName.Read("ann:s3cret@registry.example/Web")).Message);
}
