/* 问责：页面上仅有的脚本。没有它，每一页照样能用。 */
(function () {
  "use strict";

  var dirty = new Set();

  // “/” 聚焦全局搜索；Esc 收起菜单
  document.addEventListener("keydown", function (event) {
    var at = event.target;
    var typing = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      var box = document.getElementById("wz-q");
      if (box && box.offsetParent !== null) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    }
    if (event.key === "Escape") {
      document.querySelectorAll("details[data-wz-pop][open]").forEach(function (pop) {
        pop.open = false;
        if (pop.contains(document.activeElement)) { pop.querySelector("summary").focus(); }
      });
    }
  });

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details[data-wz-pop][open]").forEach(function (pop) {
      if (!pop.contains(event.target)) { pop.open = false; }
    });
    if (event.target.closest("[data-wz-print]")) { window.print(); }
  });

  // 填过而没有提交的表单，离开前问一声
  function watched(form) { return form && form.method === "post" && !form.hasAttribute("data-wz-quiet"); }
  document.addEventListener("input", function (event) {
    if (watched(event.target.form)) { dirty.add(event.target.form); }
  });
  window.addEventListener("beforeunload", function (event) {
    dirty.forEach(function (form) { if (!form.isConnected) { dirty.delete(form); } });
    if (dirty.size) { event.preventDefault(); event.returnValue = ""; }
  });

  // 重复点按只提交一次：按钮在提交之后才停用，它自己的 name/value 不会丢
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") { return; }
    if (form.dataset.wzSent) { event.preventDefault(); return; }
    dirty.delete(form);
    form.dataset.wzSent = "1";
    window.setTimeout(function () {
      form.querySelectorAll("button[type=submit], button:not([type])").forEach(function (button) {
        button.setAttribute("aria-disabled", "true");
        button.disabled = true;
      });
    }, 0);
  });
  function freed(form) {
    delete form.dataset.wzSent;
    form.querySelectorAll("button[aria-disabled=true]").forEach(function (button) {
      button.removeAttribute("aria-disabled");
      button.disabled = false;
    });
  }
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { document.querySelectorAll("form[data-wz-sent]").forEach(freed); }
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest ? event.target.closest("form") : null;
    if (form) { freed(form); if (event.detail.successful) { dirty.delete(form); } }
  });

  // 文本框随内容长高（样式经 CSSOM，严格 CSP 允许）
  function grow(area) {
    area.style.height = "auto";
    area.style.height = Math.min(area.scrollHeight + 2, 640) + "px";
  }
  function prepare(root) {
    root.querySelectorAll("textarea[data-wz-autosize]").forEach(grow);
    // 选一个条件就查询的筛选框；没有脚本时按“查询”
    root.querySelectorAll("select[data-wz-submit]").forEach(function (select) {
      select.addEventListener("change", function () { select.form.requestSubmit(); });
    });
    // 全选
    root.querySelectorAll("input[data-wz-all]").forEach(function (all) {
      all.addEventListener("change", function () {
        document.querySelectorAll("input[name='" + all.dataset.wzAll + "']").forEach(function (one) {
          one.checked = all.checked;
        });
      });
    });
  }
  document.addEventListener("input", function (event) {
    if (event.target.matches("textarea[data-wz-autosize]")) { grow(event.target); }
  });
  document.addEventListener("htmx:load", function (event) {
    if (event.target !== document.body) { prepare(event.target); }
  });

  // 一个按钮前的确认：<button data-wz-confirm="…">
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-wz-confirm]");
    if (button && !window.confirm(button.dataset.wzConfirm)) { event.preventDefault(); }
  });

  prepare(document);

  // 拒绝说明出现后，读屏和键盘都到那里
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id === "wz-notice") { event.target.focus(); }
  });
  if (document.querySelector(".wz-error")) {
    var wrong = document.querySelector("[aria-invalid=true]");
    if (wrong) { wrong.focus(); }
  }
})();
