package config

import (
	"encoding/json"
	"os"
	"testing"
)

// TestProbe says for each ConfigMap of PROBE_IN whether kube-dns takes it.
func TestProbe(t *testing.T) {
	in, err := os.ReadFile(os.Getenv("PROBE_IN"))
	if err != nil {
		t.Skip("nothing is asked")
	}
	var data []map[string]string
	if err := json.Unmarshal(in, &data); err != nil {
		t.Fatal(err)
	}
	taken := []bool{}
	for _, one := range data {
		config, _, err := (&kubeSync{}).processUpdate(syncResult{Version: "1", Data: one}, false)
		taken = append(taken, err == nil && config != nil)
	}
	out, _ := json.Marshal(taken)
	if err := os.WriteFile(os.Getenv("PROBE_OUT"), out, 0o644); err != nil {
		t.Fatal(err)
	}
}
