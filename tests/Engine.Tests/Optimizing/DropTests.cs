using System.Text;
using Plimsoll.Engine.Optimizing;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Optimizing;

public sealed class DropTests
{
    static TestLayer Layer() => new();

    static DropCategory Of(string word) => DropCategory.All.Single(category => category.Word == word);

    static Task<Optimised> Drop(string word, int kept, params TestLayer[] layers) =>
        Optimised.Of(new TestImage([.. layers.Select(layer => layer.Tar())]), request => request with { KeptLayers = kept, Drop = [Of(word)] });

    [Theory]
    [InlineData("apt-lists", "var/lib/apt/lists/deb.debian.org_x", "var/lib/dpkg/status")]
    [InlineData("package-caches", "root/.cache/pip/http/a", "root/.cache/other")]
    [InlineData("package-caches", "root/.npm/_cacache/a", "root/.npm/other")]
    [InlineData("package-caches", "usr/local/cargo/registry/src/x/lib.rs", "usr/local/cargo/bin/x")]
    [InlineData("package-caches", "usr/local/bundle/cache/rake.gem", "usr/local/bundle/gems/rake/rake.gem")]
    [InlineData("docs", "usr/share/doc/bash/README", "usr/share/doc/bash/copyright")]
    [InlineData("man", "usr/share/man/man1/ls.1.gz", "usr/share/manual")]
    [InlineData("locales", "usr/share/locale/de/LC_MESSAGES/a.mo", "usr/share/locale/en_GB/LC_MESSAGES/a.mo")]
    [InlineData("locales", "usr/share/i18n/locales/de_DE", "usr/share/locale/locale.alias")]
    [InlineData("tests", "usr/lib/python3/dist-packages/x/tests/t.py", "usr/lib/python3/dist-packages/tests/t.py")]
    [InlineData("tests", "app/node_modules/@s/x/test/t.js", "app/node_modules/@s/x/lib/test/t.js")]
    public async Task A_dropped_category_takes_its_files_and_leaves_the_others(string word, string gone, string stays)
    {
        var done = await Drop(word, 0, Layer().File(gone, 9).File(stays, 5));
        Assert.Null(done.Tree.Find(gone));
        Assert.NotNull(done.Tree.Find(stays));
        Assert.NotNull(done.Tree.Nodes.FindVisible(Encoding.UTF8.GetBytes(gone[..gone.LastIndexOf('/')])) is not -1 ? "there" : null);
        Assert.Equal((gone, 9L, word), (done.Image!.Dropped[0].Path, done.Image.Dropped[0].Bytes, done.Image.Dropped[0].Category.Word));
        Assert.True(done.Image.Proof.Holds);
        Assert.Equal(1, done.Image.Proof.Dropped);
    }

    [Fact]
    public async Task A_static_library_is_what_its_first_bytes_say()
    {
        var done = await Drop("static-libraries", 0, Layer().File("usr/lib/libz.a", "!<arch>\nrest").File("usr/lib/notes.a", "not an archive").File("srv/x.a", "!<arch>\n"));
        Assert.Equal(["usr/lib/libz.a"], done.Image!.Dropped.Select(path => path.Path));
    }

    [Fact]
    public async Task Bytecode_goes_where_its_source_is_there()
    {
        var done = await Drop("bytecode", 0, Layer().File("app/a.py", 1).File("app/__pycache__/a.cpython-312.pyc", 9).File("app/__pycache__/b.cpython-312.pyc", 9));
        Assert.Equal(["app/__pycache__/a.cpython-312.pyc"], done.Image!.Dropped.Select(path => path.Path));
    }

    [Fact]
    public async Task Files_of_the_base_stay_and_are_counted_apart_and_a_newer_one_above_does_not_uncover_the_older()
    {
        var done = await Drop("man", 1, Layer().File("usr/share/man/a", 7).File("usr/share/man/b", 8), Layer().File("usr/share/man/b", 9));
        Assert.Equal(7, done.Image!.LeftInBase);
        Assert.Equal([["usr/share/man/a", "usr/share/man/b"], ["usr/share/man/.wh.b"]], done.Paths);
        Assert.Null(done.Tree.Find("usr/share/man/b"));
    }

    [Fact]
    public async Task A_path_that_shares_its_content_with_one_that_stays_is_kept_and_named()
    {
        var done = await Drop("man", 0, Layer().File("usr/share/man/a", 7).HardLink("keep", "usr/share/man/a"));
        Assert.Empty(done.Image!.Dropped);
        Assert.Equal("usr/share/man/a", Assert.Single(done.Image.NotDropped).Path);
        var both = await Drop("man", 0, Layer().File("usr/share/man/a", 7).HardLink("usr/share/man/b", "usr/share/man/a").File("x", 1));
        Assert.Equal([7, 0], both.Image!.Dropped.Select(path => path.Bytes));
    }

    [Fact]
    public async Task A_path_that_its_layer_has_twice_stays_where_the_first_would_come_to_light()
    {
        var done = await Drop("man", 0, Layer().File("usr/share/man/a/b", 7).HardLink("c", "usr/share/man/a/b").File("usr/share/man/a", 9).File("usr/share/man/d", 5));
        Assert.True(done.Image!.Proof.Holds);
        Assert.Equal(["usr/share/man/d"], done.Image.Dropped.Select(path => path.Path));
        Assert.Equal(("usr/share/man/a", "what stays would not be the same without it"), done.Image.NotDropped.Select(path => (path.Path, path.Why)).Single());
        Assert.Equal([["usr/share/man/a/b", "c", "usr/share/man/a"]], done.Paths);
    }

    [Fact]
    public async Task A_path_whose_layer_links_to_what_was_there_before_stays()
    {
        var done = await Drop("man", 1, Layer().File("usr/share/man/a", 7), Layer().HardLink("c", "usr/share/man/a").File("usr/share/man/a", 9));
        Assert.True(done.Image!.Proof.Holds);
        Assert.Empty(done.Image.Dropped);
        Assert.Equal("usr/share/man/a", Assert.Single(done.Image.NotDropped).Path);
    }

    [Fact]
    public async Task The_proof_names_each_path_with_its_hash_and_what_was_dropped()
    {
        var done = await Drop("man", 0, Layer().File("usr/share/man/a", 7).File("b", "b"));
        var lines = new MemoryStream();
        done.Image!.Proof.Write(lines);
        var text = Encoding.UTF8.GetString(lines.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\"holds\":true", text[0], StringComparison.Ordinal);
        Assert.Contains(text, line => line.Contains("\"sha256\":\"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d\"", StringComparison.Ordinal));
        Assert.Contains("\"dropped\":\"man\"", text[^1], StringComparison.Ordinal);
        Assert.Equal(done.Image.Proof.Paths + 1, text.Length);
    }
}
