namespace Plimsoll.Engine.Tests.Dockerfiles.Rules.Packages;

public sealed class PackageFixTests
{
    [Theory]
    [InlineData("apt-end-user-tool", "FROM a\nRUN apt update && \\\n  sudo apt install -y b", "FROM a\nRUN apt-get update && \\\n  sudo apt-get install -y b")]
    [InlineData("apt-without-yes", "FROM a\nRUN apt-get update && apt-get install \\\n  b", "FROM a\nRUN apt-get update && apt-get install -y \\\n  b")]
    [InlineData("apt-without-yes", "FROM a\nRUN <<EOF\n\tapt-get -o X=y install b; apt-get install c\nEOF", "FROM a\nRUN <<EOF\n\tapt-get -o X=y install -y b; apt-get install -y c\nEOF")]
    [InlineData("apt-without-yes", "FROM a\nRUN bash -c 'x && apt-get install b'", "FROM a\nRUN bash -c 'x && apt-get install -y b'")]
    [InlineData("dnf-without-yes", "FROM a\nRUN microdnf install b", "FROM a\nRUN microdnf install -y b")]
    [InlineData("zypper-without-yes", "FROM a\nRUN zypper in b", "FROM a\nRUN zypper --non-interactive in b")]
    [InlineData("apk-no-cache", "FROM a\nRUN apk add b", "FROM a\nRUN apk add --no-cache b")]
    [InlineData("pip-cache-left", "FROM a\nRUN pip install -r \\\n  # all\n  x", "FROM a\nRUN pip install --no-cache-dir -r \\\n  # all\n  x")]
    [InlineData("pip-cache-left", "FROM a\nRUN python -m pip install b", "FROM a\nRUN python -m pip install --no-cache-dir b")]
    public void What_can_be_mended_without_another_meaning_is(string id, string file, string mended)
    {
        Assert.Equal(mended, Advised.Mended(id, file));
        Assert.Empty(Advised.By(id, mended));
    }

    // An insertion between JSON strings, or into text whose places are not known, would be a guess.
    [Theory]
    [InlineData("apt-without-yes", "FROM a\nRUN [\"apt-get\", \"install\", \"b\"]")]
    [InlineData("apt-without-yes", "FROM a\nRUN sh -c \"echo \\\"x\\\" && apt-get install b\"")]
    [InlineData("apt-end-user-tool", "FROM a\nRUN apt list")]
    [InlineData("apt-end-user-tool", "FROM a\nRUN /usr/bin/apt update")]
    public void What_cannot_is_only_said(string id, string file) => Assert.All(Advised.By(id, file), remark => Assert.Empty(remark.Fix));
}
