using MidiMuse.Inference.Models;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Models;

/// <summary>These count the models in memory, so nothing else may load any meanwhile.</summary>
[CollectionDefinition(nameof(SharedModelTests), DisableParallelization = true)]
public sealed class LoadsAlone;

[Collection(nameof(SharedModelTests))]
public sealed class SharedModelTests : IDisposable
{
    private readonly RandomLstmFolder _folder = new(new RandomLstm(layers: 1, hidden: 8));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Many_shares_hold_one_model_and_the_last_one_unloads_it()
    {
        var before = SharedModel.LoadedCount;
        var shares = Enumerable.Range(0, 32).Select(_ => SharedModel.Acquire(_folder.Path)).ToArray();
        Assert.Equal(before + 1, SharedModel.LoadedCount);
        foreach (var share in shares[1..])
            share.Dispose();
        shares[1].Dispose();
        Assert.Equal(before + 1, SharedModel.LoadedCount);
        shares[0].Dispose();
        Assert.Equal(before, SharedModel.LoadedCount);
    }

    [Fact]
    public void A_session_keeps_its_model_alive()
    {
        var before = SharedModel.LoadedCount;
        var share = SharedModel.Acquire(_folder.Path);
        var session = share.CreateSession();
        share.Dispose();
        Assert.Equal(before + 1, SharedModel.LoadedCount);
        session.Reset(SmallModel.Context);
        session.Prefill(SmallModel.Phrase(10, seed: 1));
        session.Dispose();
        session.Dispose();
        Assert.Equal(before, SharedModel.LoadedCount);
        Assert.Throws<ObjectDisposedException>(() => share.CreateSession());
        Assert.Throws<ObjectDisposedException>(() => session.Reset(SmallModel.Context));
    }

    [Fact]
    public async Task Shares_taken_by_many_threads_at_once_hold_one_model()
    {
        var before = SharedModel.LoadedCount;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                using var share = SharedModel.Acquire(_folder.Path);
                using var session = share.CreateSession();
                session.Reset(SmallModel.Context);
            }
        })));
        Assert.Equal(before, SharedModel.LoadedCount);
    }

    [Fact]
    public void A_replaced_model_is_another_model()
    {
        using var old = SharedModel.Acquire(_folder.Path);
        _folder.Describe(description => description["version"] = "0.0.2");
        using var replaced = SharedModel.Acquire(_folder.Path);
        Assert.Equal(("0.0.1", "0.0.2"), (old.Description.Version, replaced.Description.Version));
        Assert.NotEqual(old.Hash, replaced.Hash);
    }

    [Fact]
    public void An_unknown_kind_is_not_supported()
    {
        _folder.Describe(description => description["kind"] = "oracle");
        AssertFault(ModelFault.Unsupported, "oracle");
    }

    [Theory]
    [InlineData("layers", 0)]
    [InlineData("hidden", -1)]
    [InlineData("context", 1_000_000)]
    public void Impossible_sizes_are_damage(string property, int value)
    {
        _folder.Describe(description => description[property] = value);
        AssertFault(ModelFault.Damaged, "sizes");
    }

    [Theory]
    [InlineData("layers", 2)]
    [InlineData("hidden", 9)]
    [InlineData("context", 7)]
    public void Sizes_that_are_not_the_graphs_are_found_when_the_model_is_loaded(string property, int value)
    {
        _folder.Describe(description => description[property] = value);
        AssertFault(ModelFault.RuntimeFailed, "");
    }

    [Fact]
    public void A_graph_with_other_inputs_does_not_fit()
    {
        _folder.Write("pitch.onnx", File.ReadAllBytes(Path.Combine(_folder.Path, "velocity.onnx")));
        _folder.Describe(_ => { });
        AssertFault(ModelFault.GraphMismatch, "pitch.onnx");
    }

    [Fact]
    public void A_file_that_is_no_graph_is_refused_by_the_runtime()
    {
        _folder.Write("velocity.onnx", [1, 2, 3, 4]);
        _folder.Describe(_ => { });
        AssertFault(ModelFault.RuntimeFailed, "velocity.onnx");
    }

    [Fact]
    public void Weights_that_are_not_finite_are_found_when_the_model_is_loaded()
    {
        var weights = new RandomLstm(layers: 1, hidden: 8);
        weights.DurationWeights[5] = float.NaN;
        using var broken = new RandomLstmFolder(weights);
        AssertFault(ModelFault.RuntimeFailed, "duration", broken.Path);
    }

    [Fact]
    public void The_test_delay_slows_a_session_down_and_changes_nothing_else()
    {
        using var model = SharedModel.Acquire(_folder.Path);
        using var quick = model.CreateSession();
        Environment.SetEnvironmentVariable("MIDIMUSE_TEST_MODEL_DELAY_MS", "5");
        NoteEventSession slow;
        try
        {
            slow = model.CreateSession();
        }
        finally
        {
            Environment.SetEnvironmentVariable("MIDIMUSE_TEST_MODEL_DELAY_MS", null);
        }
        using (slow)
        {
            quick.Reset(SmallModel.Context);
            quick.Prefill(SmallModel.Phrase(10, seed: 1));
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            slow.Reset(SmallModel.Context);
            slow.Prefill(SmallModel.Phrase(10, seed: 1));
            // Eleven events; a sleep never ends early by more than a timer tick.
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds > 40);
            Assert.Equal(SmallModel.AllLogits(quick), SmallModel.AllLogits(slow));
        }
    }

    private void AssertFault(ModelFault fault, string mentioned, string? path = null)
    {
        var before = SharedModel.LoadedCount;
        var thrown = Assert.Throws<ModelException>(() => SharedModel.Acquire(path ?? _folder.Path));
        Assert.Equal(fault, thrown.Fault);
        Assert.Contains(mentioned, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(before, SharedModel.LoadedCount);
    }
}
