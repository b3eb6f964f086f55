using HGQ.Testing;

namespace HGQ.Import.Tests;

/// <summary>Published models of the Keras family: every recorded number is met exactly.</summary>
public sealed class RecordedKerasTests
{
    private static readonly ImportOptions Fixed16 = new() { Input = InputFormat.Parse("ap_fixed<16,6>") };

    [GoldenFact]
    public void QKeras_dense()
        => Check(new RecordedModel("qkeras_3layer", ["qkeras_3layer.json", "qkeras_3layer_weights.h5"],
        Fixed16), "logits", "QKeras (json and h5)");

    [GoldenFact]
    public void QKeras_convolutions() => Check(
        new RecordedModel("qkeras_mnist_cnn", ["qkeras_mnist_cnn.json", "qkeras_mnist_cnn_weights.h5"],
            new ImportOptions { Input = InputFormat.Parse("ufixed<8,0>") }), "logits", "QKeras (json and h5)");

    [GoldenFact]
    public void QKeras_of_keras_3()
        => Check(new RecordedModel("qkeras_v3_3layer", ["qkeras-v3_3layer.keras"], Fixed16), "logits", "QKeras (.keras)");

    [GoldenFact]
    public void Hgq_dense() => Check(new RecordedModel("hgq1_jet", ["hgq_jet_classifier.h5"]), "outputs", "HGQ (h5)");

    [GoldenFact]
    public void Hgq_convolutions() => Check(new RecordedModel("hgq1_mnist", ["hgq_mnist_heterogeneous.h5"]), "outputs", "HGQ (h5)");

    [GoldenFact]
    public void Hgq2_sequential() => Check(new RecordedModel("hgq2_jsc", ["epoch=64427-test_acc=74.98.keras"]), "outputs", "HGQ2 (.keras)");

    [GoldenFact]
    public void Hgq2_functional() => Check(
        new RecordedModel("hgq2_jsc_openml", ["epoch=199491-val_acc=0.733-ebops=530-val_loss=0.831.keras"]), "outputs", "HGQ2 (.keras)");

    private static void Check(RecordedModel model, string outputs, string source)
    {
        Assert.Equal(source, model.Result.Source);
        Assert.Equal(model.Numbers(outputs), model.Values());
    }
}
