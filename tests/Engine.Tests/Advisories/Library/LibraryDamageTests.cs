using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Engine.Tests.Advisories.Library;

/// <summary>A library that is not what was written: it is refused, or what is read of it is right.</summary>
public sealed class LibraryDamageTests : IDisposable
{
    readonly LibrarySample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void A_library_that_is_cut_short_anywhere_cannot_be_opened()
    {
        var whole = Written();
        for (var part = 0; part < 50; part++)
        {
            File.WriteAllBytes(_sample.Path, whole[..(int)((long)whole.Length * part / 50)]);
            Refused("damaged or cut short", "cut short, or something was written behind its end");
        }
    }

    [Fact]
    public void Whatever_byte_is_damaged_nothing_wrong_is_read()
    {
        var whole = Written();
        var expected = Answers()!;
        var (refused, seen, untouched) = (0, 0, 0);
        // A fiftieth apart, and the header whole.
        foreach (var at in Enumerable.Range(0, 50).Select(part => (int)((long)whole.Length * part / 50)).Concat(Enumerable.Range(0, 64)).Append(whole.Length - 1))
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x55;
            File.WriteAllBytes(_sample.Path, damaged);
            var (library, problem, isMissing) = AdvisoryLibrary.Open(_sample.Path);
            if (library is null)
            {
                Assert.False(isMissing);
                Assert.StartsWith(_sample.Path + " ", problem, StringComparison.Ordinal);
                refused++;
                continue;
            }
            library.Dispose();
            if (Answers() is { } answers)
            {
                Assert.Equal(expected, answers);
                untouched++;
            }
            else
                seen++;
        }
        Assert.True(refused >= 64 && seen >= 40, $"{refused} refused, {seen} seen while reading, {untouched} beside what was read");
    }

    [Fact]
    public void What_another_version_wrote_is_refused_and_so_is_what_is_no_library()
    {
        var whole = Written();
        whole[20]++;
        File.WriteAllBytes(_sample.Path, whole);
        Refused("was written by another version of plimsoll");
        File.WriteAllText(_sample.Path, new string('x', 1000));
        Refused("is not a library of advisories");
        File.Delete(_sample.Path);
        Directory.CreateDirectory(_sample.Path);
        Refused("cannot be read");
    }

    [Fact]
    public void An_import_into_a_damaged_library_wants_to_be_told()
    {
        File.WriteAllBytes(_sample.Path, Written()[..^1]);

        var start = LibraryImport.Begin(_sample.Path);
        Assert.True(start.IsUnreadable);
        Assert.Contains("cut short", start.Refusal, StringComparison.Ordinal);

        using (var import = LibraryImport.Begin(_sample.Path, anew: true).Import!)
        {
            Assert.Null(LibrarySample.Add(import, _sample.Zip(LibrarySample.Record("PYSEC-1")), "PyPI"));
            Assert.True(import.Complete(false, TestContext.Current.CancellationToken).IsWritten);
        }
        Assert.Equal(["PYSEC-1"], _sample.About("flask"));
    }

    [Fact]
    public void A_source_that_is_damaged_inside_can_be_replaced()
    {
        var bytes = Written();
        bytes[200] ^= 0x55;
        File.WriteAllBytes(_sample.Path, bytes);
        var zip = _sample.Zip([.. LibrarySample.Records(3000)]);

        using (var import = LibraryImport.Begin(_sample.Path).Import!)
        {
            Assert.Null(LibrarySample.Add(import, zip, "PyPI"));
            Assert.Throws<DamagedLibraryException>(() => import.Complete(false, TestContext.Current.CancellationToken));
        }
        using (var import = LibraryImport.Begin(_sample.Path, anew: true).Import!)
        {
            Assert.Null(LibrarySample.Add(import, zip, "PyPI"));
            Assert.True(import.Complete(true, TestContext.Current.CancellationToken).IsWritten);
        }
        Assert.NotNull(Answers());
    }

    byte[] Written()
    {
        _sample.Import(null, LibrarySample.Records(3000).Concat(LibrarySample.Records(2000, "GHSA", "npm")));
        return _sample.Bytes;
    }

    // Null where damage is come upon.
    IReadOnlyList<string>? Answers()
    {
        using var library = _sample.Open();
        try
        {
            var set = library.For(Enumerable.Range(0, 7).SelectMany(number => new[] { LibrarySample.Installed($"package-{number}"), LibrarySample.Installed($"package-{number}", "npm") }));
            return [.. set.Advisories.Select(advisory => $"{advisory.Id} {advisory.Affected[0].Name} {advisory.Affected[0].Ranges[0]}").Order(StringComparer.Ordinal)];
        }
        catch (DamagedLibraryException e)
        {
            Assert.StartsWith(_sample.Path, e.Message, StringComparison.Ordinal);
            return null;
        }
    }

    void Refused(params string[] anyOf)
    {
        var (library, problem, isMissing) = AdvisoryLibrary.Open(_sample.Path);
        Assert.Null(library);
        Assert.False(isMissing);
        Assert.Contains(anyOf, reason => problem!.Contains(reason, StringComparison.Ordinal));
    }
}
