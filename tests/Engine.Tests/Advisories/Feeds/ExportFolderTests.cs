using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Feeds;

public sealed class ExportFolderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_ecosystem_of_the_list_has_its_export()
    {
        _folder.Write("ecosystems.txt", "PyPI\nDebian\nDebian:12\n../outside\n");
        _folder.Write("PyPI/all.zip", "");
        _folder.Write("Debian/all.zip", "");

        Assert.Equal([("PyPI", _folder.At("PyPI/all.zip")), ("Debian", _folder.At("Debian/all.zip"))], ExportFolder.Read(_folder.Root).Exports);
    }

    [Fact]
    public void What_is_not_laid_out_so_says_what_is_missing()
    {
        Assert.Equal("it has no ecosystems.txt, which says what an export holds", ExportFolder.Read(_folder.Root).Failure);
        _folder.Write("ecosystems.txt", "../..\n");
        Assert.Equal("its ecosystems.txt names no ecosystem", ExportFolder.Read(_folder.Root).Failure);
        _folder.Write("ecosystems.txt", "Go\n");
        Assert.Equal("its ecosystems.txt names Go, and there is no Go/all.zip", ExportFolder.Read(_folder.Root).Failure);
    }
}
